package io.sallyport.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.proxy.approval.Approvals;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.safety.MemoryNets;
import io.sallyport.proxy.session.fakes.ManualLoop;
import io.sallyport.proxy.session.fakes.MemoryTokens;
import io.sallyport.proxy.session.fakes.NoAccessTokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
    private static final Caller BOB = new Caller(new Voter("bob", "s9"), names -> "DROP DATABASE x", reason -> {});

    private final ManualLoop time = new ManualLoop();
    private final Holds holds = HoldFixture.holds(time.clock(), Duration.ofMinutes(10), new HoldObserver() {
        @Override
        public void opened(Hold hold) {}

        @Override
        public void ended(Hold hold, Resolution resolution) {}
    });
    private final Console console = new Console(
            holds,
            new MemoryNets(),
            new Approvals(holds, (code, voter, vote, counted, detail) -> true),
            new MemoryTokens().tokens(time.clock()),
            new Watchers(time.clock()),
            NoAccessTokens.office().desk(),
            time.clock(),
            () -> List.<String[]>of(new String[] {"environment", "production"}));
    private final Hold hold = holds.open(HoldFixture.REQUEST, null, (h, resolution) -> {});

    @Test
    void every_result_is_as_wide_as_its_columns() throws ConsoleError {
        for (String text : List.of(
                "SALLYPORT HOLDS",
                "SALLYPORT STATUS",
                "SALLYPORT HELP",
                "SALLYPORT CONFIRM 'x'",
                "SALLYPORT REASON 'x'",
                "SALLYPORT SHOW " + hold.code(),
                "SALLYPORT APPROVE " + hold.code())) {
            ConsoleCommand command = console.parse(text);
            assertThat(console.execute(command, BOB).rows())
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row).hasSameSizeAs(command.columns()));
        }
    }

    @Test
    void holds_lists_what_waits_and_for_how_long() throws ConsoleError {
        time.skipTime(Duration.ofSeconds(75));
        assertThat(rows("SALLYPORT HOLDS"))
                .containsExactly(List.of(
                        hold.code().value(),
                        "alice",
                        "shop",
                        "psql",
                        "10.0.0.1:5000",
                        "deletes held",
                        "1m 15s",
                        "8m 45s",
                        "0 of 1",
                        "1 more person",
                        "DELETE FROM users"));
        holds.resolve(hold, new Resolution.Expired());
        assertThat(rows("SALLYPORT HOLDS")).isEmpty();
    }

    @Test
    void show_tells_what_an_approver_must_know() throws ConsoleError {
        assertThat(rows("SALLYPORT SHOW " + hold.code()))
                .contains(
                        List.of("state", "waiting"),
                        List.of("requester", "alice"),
                        List.of("rule", "deletes held"),
                        List.of("message", "look twice"),
                        List.of("why", "DELETE on users, without WHERE"),
                        List.of("statement", "DELETE FROM users"));
    }

    @Test
    void show_tells_how_a_hold_ended() throws ConsoleError {
        rows("SALLYPORT REJECT " + hold.code() + " 'not tonight'");
        assertThat(rows("SALLYPORT SHOW " + hold.code())).contains(List.of("state", "rejected by bob: not tonight"));
    }

    @Test
    void a_hold_that_is_not_there_says_where_to_look() {
        ConsoleError error = catchThrowableOfType(ConsoleError.class, () -> rows("SALLYPORT SHOW A222-B222"));
        assertThat(error).hasMessage("there is no hold A222-B222");
        assertThat(error.hint()).startsWith("SALLYPORT HOLDS lists the codes that wait");
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "499,0s", "500,1s", "59499,59s", "59999,1m 0s", "600000,10m 0s", "3600000,1h 0m", "-5,0s"})
    void spans_are_told_as_people_tell_them(long millis, String text) {
        assertThat(Spans.text(Duration.ofMillis(millis))).isEqualTo(text);
    }

    private List<List<String>> rows(String text) throws ConsoleError {
        return console.execute(console.parse(text), BOB).rows().stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }
}
