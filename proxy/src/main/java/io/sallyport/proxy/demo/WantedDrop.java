package io.sallyport.proxy.demo;

import java.sql.SQLException;

/** A DROP DATABASE that is meant: a name is typed by the second person, and there is a way back. */
final class WantedDrop implements Scene {
    private static final String DROP = "DROP DATABASE " + SampleShop.DOOMED_DATABASE;

    @Override
    public String title() {
        return "A week later: the database is really to go, with a way back";
    }

    @Override
    public void play(Stage stage) throws Checks.Unmet, SQLException, InterruptedException {
        try (Terminal alice = stage.open("alice", 1);
                Terminal bob = stage.open("bob", 1)) {
            WaitingStatement drop = alice.type(DROP);
            String code = stage.mustBeHeld(drop);
            Answer untyped = bob.ask("SALLYPORT APPROVE " + code);
            stage.checks()
                    .must(!untyped.succeeded(), "an approval without the database's name is none", untyped.summary());
            stage.mustSucceed(
                    bob.ask("SALLYPORT APPROVE " + code + " TYPED '" + SampleShop.DOOMED_DATABASE + "'"),
                    "bob types its name");
            stage.mustSucceed(stage.mustAnswer(drop), "it runs, behind a restore point");
            stage.checks()
                    .must(
                            !SampleShop.hasDatabase(stage.server(), SampleShop.DOOMED_DATABASE),
                            SampleShop.DOOMED_DATABASE + " is gone",
                            "it is there");
            Answer shown = bob.ask("SALLYPORT SHOW " + code);
            stage.checks()
                    .must(
                            shown.mentions("recovery_target_name = 'sallyport_"
                                    + code.replace("-", "").toLowerCase(java.util.Locale.ROOT) + "'"),
                            "what a recovery needs to stop right before it is on record; `sallyport undo " + code
                                    + "` prints it",
                            shown.summary());
        }
    }
}
