package io.sallyport.proxy.demo;

import java.sql.SQLException;

/** The DELETE that had a WHERE clause, only not enough of one. */
final class NightDelete implements Scene {
    private static final String DELETE = "DELETE FROM users WHERE created_at < '2024-01-01'";
    private static final String REASON = "environment = test is missing";

    @Override
    public String title() {
        return "2 a.m.: a DELETE that alice believes to be in the test database";
    }

    @Override
    public void play(Stage stage) throws Checks.Unmet, SQLException, InterruptedException {
        try (Terminal alice = stage.open("alice", 1);
                Terminal aliceAgain = stage.open("alice", 2);
                Terminal bob = stage.open("bob", 1)) {
            WaitingStatement delete = alice.type(DELETE);
            String code = stage.mustBeHeld(delete);

            Answer holds = bob.ask("SALLYPORT HOLDS");
            stage.checks().must(holds.mentions(code), "bob finds " + code + " among the holds", holds.summary());
            Answer shown = bob.ask("SALLYPORT SHOW " + code);
            stage.checks()
                    .must(
                            shown.mentions(DELETE) && shown.mentions("alice"),
                            "bob reads who asks, and the exact text that would run",
                            shown.summary());
            stage.checks()
                    .must(
                            shown.mentions("users: 12,000 rows deleted"),
                            "bob reads what it would do, counted in a rehearsal: 12,000 users, and their orders",
                            shown.summary());

            Answer own = aliceAgain.ask("SALLYPORT APPROVE " + code);
            stage.checks().must(!own.succeeded(), "alice cannot approve her own statement", own.summary());
            stage.checks().must(delete.stillWaits(), "the statement still waits", "it was answered");

            stage.mustSucceed(bob.ask("SALLYPORT REJECT " + code + " '" + REASON + "'"), "bob rejects it");
            stage.mustBeRefusedWith(stage.mustAnswer(delete), REASON, "alice is told why, as an error");
            stage.mustCount(
                    new SampleShop.Census(SampleShop.USERS, SampleShop.OLD_USERS, SampleShop.OLD_TEST_USERS),
                    "all 200,000 users are there, the 12,000 old ones too");
        }
    }
}
