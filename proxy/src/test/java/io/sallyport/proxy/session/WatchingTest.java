package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.it.wire.Frontend.terminate;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.console.EventQueue;
import io.sallyport.proxy.console.Watchers;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.session.fakes.FakeSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SALLYPORT WATCH stands, and its session is told of holds. */
class WatchingTest extends StagedTest {
    private FakeSession bob;

    @BeforeEach
    void another_session() {
        bob = FakeSession.of(stage, "bob");
    }

    private String hold() {
        alice.query("DELETE FROM users WHERE id < 10");
        stage.loop.runTasks();
        return stage.waiting().code().value();
    }

    /** The server refuses the substitute of what was refused. */
    private void refused() {
        alice.server(error("42601"), ready('I'));
    }

    /** Time passes, and the server answers what keeps its idle timeouts away. */
    private void upTo(Duration end) {
        for (Duration at = Duration.ofSeconds(5); at.compareTo(end) < 0; at = at.plusSeconds(5)) {
            stage.loop.advance(Duration.ofSeconds(5));
            bob.server(ready('I'));
        }
        bob.toServer();
        stage.loop.advance(Duration.ofSeconds(5));
    }

    private List<String> told() {
        stage.loop.runTasks();
        return bob.client.take();
    }

    @Test
    void who_watches_is_told_what_waits_and_then_what_comes() {
        String first = hold();
        bob.query("SALLYPORT WATCH");
        assertThat(told())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("N watching holds until you cancel (Ctrl-C)"),
                        line -> assertThat(line)
                                .contains(" UTC waiting " + first
                                        + " of alice on shop, rule \"deletes held\": "
                                        + "DELETE FROM users WHERE id < 10"));
        assertThat(bob.upstream.takeBytes()).isEmpty();
        stage.resolve(new Resolution.Rejected("carol", "where is the ticket?"));
        assertThat(told())
                .singleElement()
                .asString()
                .contains(" rejected " + first + " of alice on shop, by carol, rule")
                .doesNotContain("ticket");
        refused();
        String second = hold();
        assertThat(told()).singleElement().asString().contains(" opened " + second);
        stage.resolve(new Resolution.BrokenGlass("alice", "disk full"));
        assertThat(told()).singleElement().asString().contains(" BREAK-GLASS " + second, ", by alice, ");
    }

    @Test
    void when_its_time_is_up_the_answer_is_what_came() {
        bob.query("SALLYPORT WATCH 10m");
        String code = hold();
        stage.resolve(new Resolution.Approved("carol"));
        upTo(Duration.ofMinutes(10));
        assertThat(bob.toServer()).last().asString().startsWith("Q SELECT NULL::pg_catalog.text AS \"time\"");
        told();
        bob.server(complete("SELECT 0"), ready('I'));
        assertThat(bob.toClient())
                .satisfiesExactly(
                        row -> assertThat(row).contains("opened", code, "alice", "shop", "deletes held"),
                        row -> assertThat(row).contains("approved", code, "carol"),
                        row -> assertThat(row).isEqualTo("C SELECT 2"),
                        row -> assertThat(row).isEqualTo("Z I"));
        assertThat(stage.console().watchers().size()).isZero();
    }

    @Test
    void a_cancel_ends_it_like_any_statement() {
        bob.query("SALLYPORT WATCH");
        told();
        StringBuilder went = new StringBuilder();
        bob.session.cancel(() -> went.append("withdrawn"), () -> went.append("forward"));
        stage.loop.runTasks();
        assertThat(went).hasToString("withdrawn");
        assertThat(bob.toServer()).containsExactly("Q SALLYPORT REFUSED");
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient()).containsExactly("E 57014 canceling statement due to user request", "Z I");
        assertThat(stage.console().watchers().size()).isZero();
        hold();
        assertThat(told()).isEmpty();
    }

    @Test
    void its_end_is_the_end_of_its_session_too() {
        bob.query("SALLYPORT WATCH").sends(terminate());
        stage.loop.runTasks();
        assertThat(bob.client.closed()).isTrue();
        FakeSession carol = FakeSession.of(stage, "carol");
        carol.query("SALLYPORT WATCH");
        carol.session.upstreamGone();
        stage.loop.runTasks();
        FakeSession dora = FakeSession.of(stage, "dora");
        dora.query("SALLYPORT WATCH");
        dora.session.shutDown();
        stage.loop.runTasks();
        assertThat(dora.client.closed()).isTrue();
        assertThat(stage.console().watchers().size()).isZero();
    }

    @Test
    void the_servers_idle_timeouts_are_kept_away_meanwhile() {
        bob.query("SALLYPORT WATCH");
        stage.loop.advance(Duration.ofSeconds(5));
        assertThat(bob.toServer()).containsExactly("S");
        bob.server(ready('I'));
        assertThat(bob.client.take()).noneMatch(line -> line.startsWith("Z"));
    }

    @Test
    void who_does_not_read_is_not_told_and_misses_nothing_in_the_end() {
        bob.query("SALLYPORT WATCH 1m");
        told();
        bob.client.full(true);
        hold();
        stage.resolve(new Resolution.Expired());
        refused();
        assertThat(told()).isEmpty();
        bob.client.full(false);
        hold();
        assertThat(told())
                .satisfiesExactly(
                        line -> assertThat(line).contains("2 events were not shown here"),
                        line -> assertThat(line).contains(" opened "));
        upTo(Duration.ofMinutes(1));
        bob.server(complete("SELECT 0"), ready('I'));
        assertThat(bob.toClient()).contains("C SELECT 3");
    }

    @Test
    void texts_of_strangers_neither_steer_a_terminal_nor_fill_it() {
        bob.query("SALLYPORT WATCH");
        told();
        Hold strange = stage.holds.open(
                HoldFixture.of("DELETE /* \u001b[2J \u202e */\nFROM t " + "x".repeat(5_000), List.of(), List.of()),
                null,
                (ended, how) -> {});
        assertThat(told())
                .singleElement()
                .asString()
                .contains("DELETE /* ?[2J ? */ FROM t xxx")
                .hasSizeLessThan(400);
        assertThat(stage.holds.resolve(strange, new Resolution.Expired())).isTrue();
    }

    @Test
    void extended_messages_watch_too() {
        bob.sends(parse("", "SALLYPORT WATCH 1m"), bind("", ""), execute("", 0), sync());
        assertThat(told()).singleElement().asString().contains("watching holds for 1m 0s");
        stage.loop.advance(Duration.ofMinutes(1));
        assertThat(bob.toServer()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void it_stands_in_no_transaction_and_beside_nothing_else() {
        bob.query("BEGIN").server(complete("BEGIN"), ready('T'));
        bob.toClient();
        bob.toServer();
        bob.query("SALLYPORT WATCH");
        bob.server(error("42601"), ready('E'));
        assertThat(bob.toClient())
                .containsExactly("E 25001 SALLYPORT WATCH cannot run inside a transaction block", "Z E");
        FakeSession carol = FakeSession.of(stage, "carol");
        carol.sends(
                parse("", "SELECT 1"),
                bind("", ""),
                execute("", 0),
                parse("", "SALLYPORT WATCH"),
                bind("", ""),
                execute("", 0),
                sync());
        stage.loop.runTasks();
        carol.server(PARSED, BOUND, complete("SELECT 1"), PARSED, error("34000"), ready('I'));
        assertThat(carol.toClient())
                .anyMatch(line -> line.startsWith("E 55000 SALLYPORT WATCH cannot be sent with other statements"));
        assertThat(stage.console().watchers().size()).isZero();
    }

    @Test
    void in_a_failed_transaction_the_server_says_so_as_of_any_statement() {
        bob.query("BEGIN").server(complete("BEGIN"), ready('T'));
        bob.query("SELECT 1/0").server(error("22012"), ready('E'));
        bob.toClient();
        bob.query("SALLYPORT WATCH 10m").server(error("25P02"), ready('E'));
        assertThat(bob.toClient()).first().asString().startsWith("E 25P02");
        assertThat(stage.console().watchers().size()).isZero();
    }

    @Test
    void there_is_an_end_to_how_many_watch() {
        Watchers watchers = stage.console().watchers();
        List<EventQueue> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(watchers.join("role " + i / 20, () -> {}));
        }
        bob.query("SALLYPORT WATCH");
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient()).first().asString().startsWith("E 54000 too many sessions watch already");
        many.forEach(watchers::leave);
        bob.query("SALLYPORT WATCH");
        assertThat(told()).singleElement().asString().startsWith("N watching holds");
    }

    @Test
    void a_time_of_the_wrong_form_is_a_syntax_error() {
        for (String span : List.of("0s", "soon", "25h", "1d1h", "1m30", "999ms", "10x", "10")) {
            bob.query("SALLYPORT WATCH " + span);
            bob.server(error("42601"), ready('I'));
            assertThat(bob.toClient()).as(span).first().asString().startsWith("E 42601 expected SALLYPORT WATCH [10m]");
        }
    }
}
