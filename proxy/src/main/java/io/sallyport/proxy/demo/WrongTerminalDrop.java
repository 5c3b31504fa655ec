package io.sallyport.proxy.demo;

import java.sql.SQLException;
import java.time.Duration;

/** DROP DATABASE, typed in the wrong window: refused where it could not be undone, and held where it could. */
final class WrongTerminalDrop implements Scene {
    private static final String DROP = "DROP DATABASE " + SampleShop.DOOMED_DATABASE;
    private static final String REASON = "wrong terminal";

    private final DemoBackups backups;

    WrongTerminalDrop(DemoBackups backups) {
        this.backups = backups;
    }

    @Override
    public String title() {
        return "Tuesday afternoon: DROP DATABASE in the wrong terminal";
    }

    @Override
    public void play(Stage stage) throws Checks.Unmet, SQLException, InterruptedException {
        backups.ended(Duration.ofHours(6));
        stage.transcript().line("shop", "the last backup is six hours old");
        try (Terminal alice = stage.open("alice", 1);
                Terminal bob = stage.open("bob", 1)) {
            WaitingStatement tooLate = alice.type(DROP);
            stage.mustBeRefusedWith(
                    stage.mustAnswer(tooLate), "6h", "refused: six hours of orders would be lost, and nobody is asked");

            backups.ended(Duration.ofMinutes(10));
            stage.awaitNewReading();
            stage.transcript().line("shop", "a new backup has ended, ten minutes ago");
            WaitingStatement drop = alice.type(DROP);
            String code = stage.mustBeHeld(drop);
            Answer shown = bob.ask("SALLYPORT SHOW " + code);
            stage.checks()
                    .must(
                            shown.mentions(DROP) && shown.mentions("restore point"),
                            "bob reads what would run, and what would be kept",
                            shown.summary());
            stage.mustSucceed(bob.ask("SALLYPORT REJECT " + code + " '" + REASON + "'"), "bob rejects it");
            stage.mustBeRefusedWith(stage.mustAnswer(drop), REASON, "alice is told why, as an error");
            stage.checks()
                    .must(
                            SampleShop.hasDatabase(stage.server(), SampleShop.DOOMED_DATABASE),
                            SampleShop.DOOMED_DATABASE + " is still there",
                            "it is gone");
        }
    }
}
