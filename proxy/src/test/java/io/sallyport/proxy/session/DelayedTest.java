package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.join;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.it.wire.Frontend.terminate;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.parameter;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.session.fakes.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule lets a statement run after a while in which its requester can withdraw it. */
class DelayedTest extends StagedTest {
    private static final byte[] DELETE = query("DELETE FROM users WHERE id < 10");
    private static final byte[] UPDATE = query("UPDATE users SET a = 1 WHERE id < 10");

    @BeforeEach
    void rules_delay() {
        stage.policy = () -> Policies.DECISIONS;
    }

    @Test
    void it_waits_unsent_says_so_and_runs_by_itself_byte_for_byte() {
        alice.sends(DELETE);
        assertThat(alice.client.take())
                .containsExactly("N Sallyport: runs in 10s by rule \"deletes wait\"; cancel (Ctrl-C) withdraws it");
        stage.loop.advance(Duration.ofMillis(9_999));
        assertThat(alice.toServer()).isEqualTo(List.of("S"));
        alice.server(ready('I'));
        stage.loop.advance(Duration.ofMillis(1));
        assertThat(alice.upstream.takeBytes()).isEqualTo(DELETE);
        alice.server(complete("DELETE 9"), ready('I'));
        assertThat(alice.toClient()).containsExactly("C DELETE 9", "Z I");
    }

    @Test
    void the_last_seconds_are_counted_down() {
        alice.sends(DELETE);
        alice.client.take();
        stage.loop.advance(Duration.ofSeconds(9));
        assertThat(alice.client.take())
                .containsExactly(
                        "N Sallyport: runs in 5s",
                        "N Sallyport: runs in 3s",
                        "N Sallyport: runs in 2s",
                        "N Sallyport: runs in 1s");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.5S, ''",
        "PT1S, ''",
        "PT2S, 1",
        "PT4S, 1 2 3",
        "PT5S, 1 2 3",
        "PT60S, 1 2 3 5 30",
        "PT1H, 1 2 3 5 1800"
    })
    void a_countdown_is_short(Duration span, String seconds) {
        List<String> points = new ArrayList<>();
        DelayDesk.countdown(span).forEach(left -> points.add(String.valueOf(left.toSeconds())));
        assertThat(String.join(" ", points)).isEqualTo(seconds);
    }

    @Test
    void the_clock_on_the_wall_does_not_shorten_it() {
        alice.sends(DELETE);
        stage.loop.skipClock(Duration.ofHours(2));
        stage.loop.advance(Duration.ofSeconds(4));
        assertThat(alice.upstream.takeBytes()).isEmpty();
    }

    @Test
    void a_cancel_withdraws_it_and_nothing_runs() {
        alice.sends(DELETE);
        StringBuilder went = new StringBuilder();
        alice.session.cancel(() -> went.append("withdrawn"), () -> went.append("forward"));
        stage.loop.runTasks();
        assertThat(went).hasToString("withdrawn");
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).containsExactly("E 57014 canceling statement due to user request", "Z I");
        stage.loop.advance(Duration.ofSeconds(60));
        assertThat(alice.upstream.takeBytes()).isEmpty();
        assertThat(stage.metrics.scrape()).contains("sallyport_delays_total{outcome=\"withdrawn\"} 1.0");
    }

    @Test
    void a_cancel_that_comes_too_late_is_the_servers() {
        alice.sends(UPDATE);
        stage.loop.advance(Duration.ofSeconds(3));
        StringBuilder went = new StringBuilder();
        alice.session.cancel(() -> went.append("withdrawn"), () -> went.append("forward"));
        stage.loop.runTasks();
        assertThat(went).hasToString("forward");
        assertThat(alice.upstream.takeBytes()).isEqualTo(UPDATE);
    }

    @Test
    void what_comes_behind_waits_and_keeps_its_order() {
        alice.sends(DELETE, query("SELECT 1"), UPDATE);
        stage.loop.advance(Duration.ofSeconds(10));
        assertThat(alice.toServer()).containsExactly("S", "Q DELETE FROM users WHERE id < 10", "Q SELECT 1");
        stage.loop.advance(Duration.ofSeconds(3));
        assertThat(alice.toServer()).containsExactly("Q UPDATE users SET a = 1 WHERE id < 10");
    }

    @Test
    void two_delays_of_a_session_never_overlap() {
        alice.sends(DELETE, UPDATE);
        alice.client.take();
        stage.loop.advance(Duration.ofSeconds(5));
        alice.server(ready('I'));
        stage.loop.advance(Duration.ofSeconds(5));
        assertThat(alice.toServer()).endsWith("Q DELETE FROM users WHERE id < 10");
        assertThat(alice.client.take())
                .endsWith("N Sallyport: runs in 3s by rule \"updates wait\"; cancel (Ctrl-C) withdraws it");
        stage.loop.advance(Duration.ofSeconds(3));
        assertThat(alice.toServer()).containsExactly("Q UPDATE users SET a = 1 WHERE id < 10");
    }

    @Test
    void of_several_delays_in_one_batch_the_longest_counts() {
        byte[] batch = join(
                parse("", "UPDATE users SET a = 1"),
                bind("", ""),
                execute("", 0),
                parse("", "DELETE FROM users"),
                bind("", ""),
                execute("", 0),
                sync());
        alice.sends(batch);
        stage.runWork();
        assertThat(alice.client.take()).singleElement().asString().contains("runs in 10s", "deletes wait");
        stage.loop.advance(Duration.ofSeconds(4));
        assertThat(alice.upstream.takeBytes()).isEmpty();
        stage.loop.advance(Duration.ofSeconds(6));
        assertThat(alice.upstream.takeBytes()).endsWith(batch);
    }

    @Test
    void a_hold_is_stricter_than_a_delay() {
        alice.query("DELETE FROM users; INSERT INTO payroll VALUES (1)");
        stage.runWork();
        assertThat(stage.waiting().request().rule()).isEqualTo("payroll held");
    }

    @Test
    void a_hold_lasts_as_long_as_its_rule_says() {
        alice.query("INSERT INTO payroll VALUES (1)");
        assertThat(Duration.between(stage.waiting().openedAt(), stage.waiting().expiresAt()))
                .isEqualTo(Duration.ofSeconds(90));
        stage.loop.advance(Duration.ofSeconds(90));
        assertThat(stage.holds.waiting()).isEmpty();
    }

    @Test
    void a_client_that_goes_takes_it_along() {
        alice.sends(DELETE);
        alice.session.clientGone();
        assertNothingRuns();
    }

    @Test
    void a_client_that_sends_no_more_takes_it_along() {
        alice.sends(DELETE);
        alice.session.clientFinished();
        assertNothingRuns();
    }

    @Test
    void a_client_that_says_goodbye_behind_other_statements_takes_it_along() {
        alice.sends(DELETE, query("SELECT 1"), terminate());
        assertNothingRuns();
    }

    @Test
    void a_server_that_goes_voids_it() {
        alice.sends(DELETE);
        alice.session.upstreamGone();
        assertNothingRuns();
        assertThat(stage.metrics.scrape()).contains("sallyport_delays_total{outcome=\"server_lost\"} 1.0");
    }

    @Test
    void a_proxy_that_drains_ends_it_at_once() {
        alice.sends(DELETE);
        alice.session.shutDown();
        assertNothingRuns();
        assertThat(stage.metrics.scrape()).contains("sallyport_delays_total{outcome=\"shutdown\"} 1.0");
    }

    @Test
    void too_much_behind_it_ends_the_session() {
        alice.sends(DELETE);
        alice.sends(query("SELECT '" + "x".repeat(100_000) + "'"));
        assertThat(alice.toClient()).singleElement().asString().startsWith("E 54000");
        assertNothingRuns();
    }

    @Test
    void settings_that_changed_meanwhile_void_it() {
        alice.query("DELETE FROM users WHERE name = 'a\\'");
        alice.server(parameter("standard_conforming_strings", "off"));
        stage.loop.advance(Duration.ofSeconds(10));
        assertThat(alice.toServer()).endsWith("Q SALLYPORT REFUSED");
        assertThat(stage.metrics.scrape()).contains("sallyport_delays_total{outcome=\"void\"} 1.0");
        alice.server(ready('I'), error("42601"), ready('I'));
        assertThat(alice.toClient()).last().isEqualTo("Z I");
    }

    private void assertNothingRuns() {
        alice.upstream.takeBytes();
        stage.loop.runTasks();
        stage.loop.advance(Duration.ofSeconds(60));
        assertThat(alice.upstream.takeBytes()).isEmpty();
        assertThat(alice.upstream.closed()).isTrue();
        assertThat(alice.client.closed()).isTrue();
    }
}
