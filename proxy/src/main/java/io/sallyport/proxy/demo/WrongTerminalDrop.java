package io.sallyport.proxy.demo;

import java.sql.SQLException;

/** DROP DATABASE, typed in the wrong window. */
final class WrongTerminalDrop implements Scene {
    private static final String DROP = "DROP DATABASE " + SampleShop.DOOMED_DATABASE;
    private static final String REASON = "wrong terminal";

    @Override
    public String title() {
        return "Tuesday afternoon: DROP DATABASE in the wrong terminal";
    }

    @Override
    public void play(Stage stage) throws Checks.Unmet, SQLException, InterruptedException {
        try (Terminal alice = stage.open("alice", 1);
                Terminal bob = stage.open("bob", 1)) {
            WaitingStatement drop = alice.type(DROP);
            String code = stage.mustBeHeld(drop);

            Answer shown = bob.ask("SALLYPORT SHOW " + code);
            stage.checks().must(shown.mentions(DROP), "bob reads what would run", shown.summary());
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
