package io.sallyport.proxy.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a scene plays with: terminals through the proxy, the program at work, and the server to ask what is true. */
record Stage(
        DemoServer server,
        Endpoint proxy,
        AppTraffic traffic,
        Transcript transcript,
        Checks checks,
        Duration patience) {

    private static final int TRANSACTIONS_MEANWHILE = 50;

    /** {@code who} is a login role whose password is its name; a second terminal is shown as {@code who/2}. */
    Terminal open(String who, int number) throws SQLException {
        String shown = number == 1 ? who : who + "/" + number;
        return new Terminal(shown, SampleShop.DATABASE, proxy.connect(who, who, SampleShop.DATABASE, true), transcript);
    }

    /** Waits for the hold, then for the program to commit some more, and returns the hold's code. */
    String mustBeHeld(WaitingStatement statement) throws Checks.Unmet, SQLException, InterruptedException {
        Optional<String> code = statement.awaitHold(patience);
        checks.must(
                code.isPresent() && statement.stillWaits(),
                "the statement waits, and its requester was told a code",
                statement.stillWaits() ? "no notice with a code within " + patience : "it was answered at once");
        TrafficReport meanwhile = traffic.awaitMore(TRANSACTIONS_MEANWHILE, patience);
        transcript.line("app", "meanwhile " + meanwhile);
        checks.must(
                meanwhile.committed() >= TRANSACTIONS_MEANWHILE && meanwhile.failure() == null,
                "the shop's program goes on untouched",
                meanwhile.toString());
        return code.orElseThrow();
    }

    /** What the proxy has read of backups counts for a second. */
    void awaitNewReading() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1_100);
    }

    Answer mustAnswer(WaitingStatement statement) throws Checks.Unmet, SQLException, InterruptedException {
        return statement
                .await(patience)
                .orElseThrow(() -> new Checks.Unmet("an answer to the statement", "none within " + patience));
    }

    void mustSucceed(Answer answer, String what) throws Checks.Unmet {
        checks.must(answer.succeeded(), what, answer.summary());
    }

    void mustBeRefusedWith(Answer answer, String reason, String what) throws Checks.Unmet {
        checks.must(answer.isError("42501") && answer.mentions(reason), what, answer.summary());
    }

    void mustCount(SampleShop.Census expected, String what) throws Checks.Unmet, SQLException {
        SampleShop.Census seen = SampleShop.census(server);
        checks.must(seen.equals(expected), what, seen.toString());
    }
}
