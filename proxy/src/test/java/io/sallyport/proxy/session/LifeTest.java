package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.session.fakes.Server.AUTHENTICATION_OK;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.key;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.protocol.CancelKey;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.session.fakes.FakeSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How sessions begin and end. */
class LifeTest extends StagedTest {
    private static final String GOING_DOWN = "E 57P01 terminating connection because Sallyport is shutting down";

    @Test
    void the_start_up_packet_goes_to_the_server_as_it_came() {
        FakeSession eve = new FakeSession(stage);
        eve.startUp("eve");
        assertThat(eve.connects()).isEqualTo(1);
        eve.connect();
        assertThat(eve.upstream.takeBytes())
                .isEqualTo(io.sallyport.proxy.it.wire.Frontend.startup(3 << 16, "user", "eve"));
        eve.session.clientGone();
    }

    @Test
    void a_replication_connection_is_refused_before_the_server_hears_of_it() {
        FakeSession eve = new FakeSession(stage);
        eve.startUp(Map.of("user", "eve", "replication", "database"));
        assertThat(eve.connects()).isZero();
        assertThat(eve.toClient()).containsExactly("E 0A000 replication connections are not let through by Sallyport");
        assertThat(eve.client.closed()).isTrue();
    }

    /** The server cuts longer names (ProcessStartupPacket): two spellings would be one role, and one person two. */
    @Test
    void a_name_that_the_server_would_cut_is_refused() {
        for (String cut : List.of("r".repeat(64), "ä".repeat(32))) {
            FakeSession twin = new FakeSession(stage);
            twin.startUp(cut);
            assertThat(twin.connects()).isZero();
            assertThat(twin.client.closed()).isTrue();
        }
        FakeSession longest = new FakeSession(stage);
        longest.startUp("r".repeat(63));
        assertThat(longest.connects()).isEqualTo(1);
        longest.session.clientGone();
    }

    @Test
    void one_session_more_than_the_limit_is_refused() {
        for (int i = 1; i < 10; i++) {
            FakeSession.of(stage, "u" + i);
        }
        FakeSession eleventh = new FakeSession(stage);
        eleventh.startUp("eve");
        assertThat(eleventh.toClient())
                .containsExactly("E 53300 too many connections: the limit is 10 (limits.connections)");
        alice.session.clientGone();
        FakeSession next = FakeSession.of(stage, "eve");
        assertThat(next.client.closed()).isFalse();
    }

    @Test
    void a_client_that_never_finishes_starting_up_is_closed() {
        FakeSession silent = new FakeSession(stage);
        stage.loop.advance(Duration.ofSeconds(60));
        assertThat(silent.toClient()).containsExactly("E 08000 start-up took too long");
        assertThat(silent.client.closed()).isTrue();
    }

    @Test
    void a_server_that_never_lets_the_client_in_is_given_up() {
        FakeSession stuck = new FakeSession(stage);
        stuck.startUp("eve");
        stuck.connect();
        stage.loop.advance(Duration.ofSeconds(60));
        assertThat(stuck.client.closed()).isTrue();
        assertThat(stuck.upstream.closed()).isTrue();
    }

    @Test
    void a_session_that_was_let_in_has_no_such_limit() {
        stage.loop.advance(Duration.ofHours(24));
        assertThat(alice.client.closed()).isFalse();
    }

    @Test
    void a_server_that_cannot_be_reached_is_named() {
        FakeSession eve = new FakeSession(stage);
        eve.startUp("eve");
        eve.session.upstreamConnectFailed("Connection refused");
        assertThat(eve.toClient())
                .containsExactly("E 08001 Sallyport cannot connect to the server at db1:5432: Connection refused");
    }

    @Test
    void a_connection_that_comes_after_the_client_has_gone_is_closed_unused() {
        FakeSession eve = new FakeSession(stage);
        eve.startUp("eve");
        eve.session.clientGone();
        eve.connect();
        assertThat(eve.upstream.closed()).isTrue();
        assertThat(eve.upstream.takeBytes()).isEmpty();
    }

    @Test
    void the_servers_refusal_to_let_in_is_its_own() {
        FakeSession eve = new FakeSession(stage);
        eve.startUp("eve");
        eve.connect();
        eve.server(error("FATAL", "28P01"));
        eve.session.upstreamGone();
        assertThat(eve.toClient()).isEmpty();
        stage.loop.advance(Duration.ofMillis(250));
        assertThat(eve.toClient()).containsExactly("E 28P01 the server's own words");
        assertThat(eve.client.closed()).isTrue();
    }

    @Test
    void a_session_is_found_by_its_key_as_long_as_it_lives() {
        FakeSession eve = new FakeSession(stage);
        CancelKey key = new CancelKey(99, new byte[] {0, 0, 0, 7});
        eve.startUp("eve");
        eve.connect();
        eve.server(AUTHENTICATION_OK, key(99, 7), ready('I'));
        assertThat(stage.directory.find(key)).isSameAs(eve.session);
        assertThat(stage.directory.find(new CancelKey(99, new byte[] {0, 0, 0, 8})))
                .isNull();
        eve.session.clientGone();
        assertThat(stage.directory.find(key)).isNull();
    }

    @Test
    void shutting_down_ends_an_idle_session_at_once() {
        shutDown();
        assertThat(alice.toClient()).containsExactly(GOING_DOWN);
        assertThat(alice.client.closed()).isTrue();
        assertThat(alice.upstream.closed()).isTrue();
    }

    @Test
    void shutting_down_waits_for_an_open_transaction() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        shutDown();
        assertThat(alice.client.closed()).isFalse();
        alice.query("COMMIT");
        assertThat(alice.toServer()).containsExactly("Q BEGIN", "Q COMMIT");
        alice.server(complete("COMMIT"), ready('I'));
        assertThat(alice.toClient()).containsExactly("C BEGIN", "Z T", "C COMMIT", "Z I", GOING_DOWN);
    }

    @Test
    void shutting_down_ends_a_hold_unexecuted() {
        alice.query("DELETE FROM users WHERE id = 1");
        shutDown();
        assertThat(stage.ended).containsExactly(new Resolution.Shutdown());
        assertThat(alice.toServer()).isEmpty();
        assertThat(alice.toClient()).containsExactly(GOING_DOWN);
    }

    @Test
    void the_end_of_the_proxy_waits_for_nobody() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.session.terminate();
        stage.loop.runTasks();
        assertThat(alice.toClient()).last().isEqualTo(GOING_DOWN);
        assertThat(alice.upstream.closed()).isTrue();
    }

    @Test
    void nothing_is_taken_from_a_session_that_has_ended() {
        alice.session.clientGone();
        alice.sends(query("SELECT 1"));
        alice.server(complete("SELECT 1"), ready('I'));
        assertThat(alice.toServer()).isEmpty();
        assertThat(alice.toClient()).isEmpty();
    }

    private void shutDown() {
        alice.session.shutDown();
        stage.loop.runTasks();
    }
}
