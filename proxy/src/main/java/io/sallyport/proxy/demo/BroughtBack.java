package io.sallyport.proxy.demo;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.KeptText;
import java.net.URI;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What was deleted comes back: by an approval of its own, and row by row as it was. */
final class BroughtBack implements Scene {
    private static final String REASON = "they are needed once more";

    private final Supplier<String> code;
    private final String page;

    /**
     * @param code of the hold whose rows were kept
     * @param page where the API answers
     */
    BroughtBack(Supplier<String> code, String page) {
        this.code = code;
        this.page = page;
    }

    @Override
    public String title() {
        return "In the afternoon: the 4,000 are needed once more";
    }

    @Override
    public void play(Stage stage) throws Checks.Unmet, SQLException, InterruptedException {
        ApiClient alice = new ApiClient(URI.create(page), ApiClient.password("alice", "alice"), null);
        try (Terminal bob = stage.open("bob", 1)) {
            stage.transcript().line("alice", "$ sallyport undo " + code.get());
            KeptText.lines(alice.kept(code.get()))
                    .forEach(line -> stage.transcript().line("alice", line));
            stage.transcript().line("alice", "$ sallyport undo " + code.get() + " --run --reason '" + REASON + "'");
            String hold = alice.undo(code.get(), REASON).path("code").asString("");
            stage.transcript().line("alice", "waiting for a second person to approve " + hold);

            Answer shown = bob.ask("SALLYPORT SHOW " + hold);
            stage.checks()
                    .must(
                            shown.mentions("INSERT INTO") && shown.mentions(REASON),
                            "bob reads the SQL that would bring them back",
                            shown.summary());
            stage.mustSucceed(bob.ask("SALLYPORT APPROVE " + hold), "bob approves that too");
            await(stage);
            stage.mustCount(
                    new SampleShop.Census(SampleShop.USERS, SampleShop.OLD_USERS, SampleShop.OLD_TEST_USERS),
                    "every row is there again, compared with how it was kept before COMMIT");
            KeptText.lines(alice.kept(code.get()))
                    .forEach(line -> stage.transcript().line("alice", line));
        } catch (ApiFailure failed) {
            throw new Checks.Unmet("an answer of the API", String.valueOf(failed.getMessage()));
        }
    }

    /** It is done behind the approval, by the service role. */
    private static void await(Stage stage) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + stage.patience().toNanos();
        while (SampleShop.census(stage.server()).users() < SampleShop.USERS && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
