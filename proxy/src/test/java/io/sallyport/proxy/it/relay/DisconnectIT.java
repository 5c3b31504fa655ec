package io.sallyport.proxy.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When one leg ends the other ends too, and nothing is left behind. */
@Timeout(120)
final class DisconnectIT {
    private static final String ENDLESS = "SELECT repeat('x', 1000), generate_series(1, 100000000)";

    private final TestServer server = TestServer.shared();

    private void awaitNoSessions(TestProxy proxy, String database) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(proxy.sessions()).isZero();
            assertThat(server.ask(
                            "postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'"))
                    .isEqualTo("0");
        });
    }

    @Test
    void a_client_that_resets_in_the_middle_of_a_result_ends_the_server_session() {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = proxy.login("app", database)) {
            client.send(Frontend.query(ENDLESS));
            client.readUntil('D');
            client.reset();
            awaitNoSessions(proxy, database);
        }
    }

    @Test
    void a_client_that_closes_in_the_middle_of_a_result_ends_the_server_session() {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server, "built-in")) {
            try (WireClient client = proxy.login("app", database)) {
                client.send(Frontend.query(ENDLESS));
                client.readUntil('D');
            }
            awaitNoSessions(proxy, database);
        }
    }

    @Test
    void an_idle_client_that_just_closes_ends_the_server_session() {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server, "built-in")) {
            proxy.login("app", database).close();
            awaitNoSessions(proxy, database);
        }
    }

    @Test
    void half_a_message_and_a_close_end_the_server_session() {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server, "built-in")) {
            try (WireClient client = proxy.login("app", database)) {
                client.send(new byte[] {'Q', 0, 0, 1, 0, 'S'});
            }
            awaitNoSessions(proxy, database);
        }
    }

    @Test
    void a_terminated_backend_says_so_to_the_client() {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = proxy.login("app", database)) {
            server.run(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
            List<ServerMessage> last = client.readUntil(ServerMessage.END);
            assertThat(last.get(0).sqlState()).isEqualTo("57P01");
            assertThat(last).hasSize(2);
            awaitNoSessions(proxy, database);
        }
    }

    @Test
    void a_stopped_server_ends_its_sessions_and_later_logins_hear_why() {
        TestServer own = TestServer.start();
        try (TestProxy proxy = TestProxy.start(own, "built-in")) {
            try (WireClient client = proxy.login("app", "postgres")) {
                own.close();
                List<ServerMessage> last = client.readUntil(ServerMessage.END);
                assertThat(last.get(0).sqlState()).startsWith("57P0");
            }
            try (WireClient late = WireClient.connect(proxy.port())) {
                late.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", "app", "database", "postgres"));
                List<ServerMessage> answer = late.readUntil(ServerMessage.END);
                assertThat(answer.get(0).type()).isEqualTo('E');
                assertThat(answer.get(0).sqlState()).startsWith("08");
            }
            Awaitility.await().until(() -> proxy.sessions() == 0);
        }
    }

    @Test
    void draining_ends_idle_sessions_with_a_reason() {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = proxy.login("app", database)) {
            assertThat(client.query("SELECT 1")).hasSize(4);
            proxy.drain(Duration.ofSeconds(1));
            List<ServerMessage> last = client.readUntil(ServerMessage.END);
            assertThat(last.get(0).sqlState()).isEqualTo("57P01");
            awaitNoSessions(proxy, database);
        }
    }

    @Test
    void one_session_more_than_allowed_is_turned_away_and_a_freed_place_is_given_again() {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server.port(), "built-in", Map.of("limits.connections", "1"))) {
            try (WireClient first = proxy.login("app", database);
                    WireClient second = WireClient.connect(proxy.port())) {
                second.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", "app", "database", database));
                assertThat(second.readUntil(ServerMessage.END).get(0).sqlState())
                        .isEqualTo("53300");
                assertThat(first.query("SELECT 1")).hasSize(4);
            }
            awaitNoSessions(proxy, database);
            proxy.login("app", database).close();
        }
    }
}
