package io.sallyport.proxy.it.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits by address and by role: the one too many hears which limit and where it is set; places come free again. */
@Timeout(60)
final class ConnectionLimitIT {
    private final TestServer server = TestServer.shared();

    private static ServerMessage refused(TestProxy proxy, String user) {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", user, "database", "postgres"));
            ServerMessage error = client.read();
            assertThat(error.sqlState()).isEqualTo("53300");
            assertThat(client.read().isEnd()).isTrue();
            return error;
        }
    }

    @Test
    void one_session_of_a_role_too_many_is_refused_and_another_role_is_not() {
        try (TestProxy proxy = TestProxy.start(server.port(), "built-in", Map.of("limits.connections_per_role", "2"));
                WireClient second = proxy.login("alice", "postgres");
                WireClient other = proxy.login("bob", "postgres")) {
            WireClient first = proxy.login("alice", "postgres");
            assertThat(refused(proxy, "alice").field('M'))
                    .isEqualTo("too many connections of role \"alice\": the limit is 2 (limits.connections_per_role)");
            assertThat(proxy.scrape())
                    .contains("sallyport_connections_refused_total{reason=\"connections_per_role\"} 1.0");
            first.close();
            Awaitility.await().until(() -> proxy.sessions() == 2);
            try (WireClient next = proxy.login("alice", "postgres")) {
                assertThat(next.query("SELECT 1")).hasSize(4);
            }
            assertThat(second.query("SELECT 1")).hasSize(4);
            assertThat(other.query("SELECT 1")).hasSize(4);
        }
    }

    @Test
    void one_session_of_an_address_too_many_is_refused_and_its_cancel_requests_are_not() {
        try (TestProxy proxy =
                        TestProxy.start(server.port(), "built-in", Map.of("limits.connections_per_address", "1"));
                WireClient only = proxy.login("alice", "postgres")) {
            assertThat(refused(proxy, "bob").field('M'))
                    .isEqualTo("too many connections from 127.0.0.1: the limit is 1 (limits.connections_per_address)");
            only.send(Frontend.query("SELECT pg_sleep(15)"));
            Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            try (WireClient cancel = WireClient.connect(proxy.port())) {
                cancel.send(Frontend.cancelRequest(only.key()));
                assertThat(cancel.read().isEnd()).isTrue();
            }
            assertThat(only.readUntilReady())
                    .anyMatch(message ->
                            message.type() == 'E' && message.sqlState().equals("57014"));
        }
    }

    /** They have no start-up packet to be counted by. */
    @Test
    void connections_that_say_nothing_are_bounded_too() {
        try (TestProxy proxy =
                TestProxy.start(server.port(), "built-in", Map.of("limits.connections_per_address", "2"))) {
            List<WireClient> silent = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                silent.add(WireClient.connect(proxy.port()));
            }
            Awaitility.await().until(() -> proxy.sessions() == 12);
            try (WireClient more = WireClient.connect(proxy.port())) {
                assertThat(more.read().isEnd()).isTrue();
            }
            silent.remove(0).close();
            Awaitility.await().until(() -> proxy.sessions() == 11);
            try (WireClient client = proxy.login("alice", "postgres")) {
                assertThat(client.query("SELECT 1")).hasSize(4);
            }
            silent.forEach(WireClient::close);
        }
    }

    @Test
    void a_small_message_that_no_server_would_take_is_refused() {
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = proxy.login("alice", "postgres")) {
            client.send(Frontend.closeStatement("s".repeat(10_001)));
            assertThat(client.read().sqlState()).isEqualTo("08P01");
            assertThat(client.read().isEnd()).isTrue();
        }
    }

    /** Sixty thousand Syncs in one go, answers unread: more than are let out at a time, and none is lost. */
    @Test
    void more_replies_owed_than_are_remembered_all_arrive() {
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = proxy.login("alice", "postgres")) {
            byte[][] syncs = new byte[120_000][];
            java.util.Arrays.fill(syncs, Frontend.sync());
            Thread sender = new Thread(() -> client.send(syncs));
            sender.start();
            for (int i = 0; i < syncs.length; i++) {
                assertThat(client.read().type()).isEqualTo('Z');
            }
            assertThat(client.query("SELECT 1")).hasSize(4);
        }
    }
}
