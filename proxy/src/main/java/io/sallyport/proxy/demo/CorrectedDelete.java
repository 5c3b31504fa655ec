package io.sallyport.proxy.demo;

import java.sql.SQLException;

/** The DELETE as it was meant; a second person agrees, and only then it runs. */
final class CorrectedDelete implements Scene {
    private static final String DELETE = "DELETE FROM users WHERE created_at < '2024-01-01' AND environment = 'test'";

    private String held = "";

    /** Of its hold, once it was played. */
    String code() {
        return held;
    }

    @Override
    public String title() {
        return "The next morning: the DELETE as it was meant, with a second pair of eyes";
    }

    @Override
    public void play(Stage stage) throws Checks.Unmet, SQLException, InterruptedException {
        try (Terminal alice = stage.open("alice", 1);
                Terminal bob = stage.open("bob", 1)) {
            WaitingStatement delete = alice.type(DELETE);
            String code = stage.mustBeHeld(delete);
            held = code;

            Answer shown = bob.ask("SALLYPORT SHOW " + code);
            stage.checks()
                    .must(
                            shown.mentions(DELETE) && shown.mentions("users: 4,000 rows deleted"),
                            "bob reads what would run, and that it deletes 4,000 users",
                            shown.summary());
            stage.mustCount(
                    new SampleShop.Census(SampleShop.USERS, SampleShop.OLD_USERS, SampleShop.OLD_TEST_USERS),
                    "nothing has run yet");

            stage.mustSucceed(bob.ask("SALLYPORT APPROVE " + code), "bob approves it");
            Answer done = stage.mustAnswer(delete);
            stage.checks()
                    .must(
                            done.succeeded() && done.changed() == SampleShop.OLD_TEST_USERS,
                            "alice's statement ran and deleted 4,000 rows",
                            done.summary());
            stage.mustCount(
                    new SampleShop.Census(
                            SampleShop.USERS - SampleShop.OLD_TEST_USERS,
                            SampleShop.OLD_USERS - SampleShop.OLD_TEST_USERS,
                            0),
                    "exactly the old test users are gone, every production user is there");
        }
    }
}
