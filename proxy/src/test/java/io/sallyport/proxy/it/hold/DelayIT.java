package io.sallyport.proxy.it.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a delay has to endure, proved on the data. */
@Timeout(60)
final class DelayIT {
    private static final byte[] LARGE = Frontend.query("SELECT length('" + "x".repeat(100_000) + "')");

    private final TestServer server = TestServer.shared();
    private String database = "";

    @BeforeEach
    void makes_a_table() {
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; ALTER TABLE t OWNER TO alice");
    }

    private boolean tableIsThere() {
        return server.ask(database, "SELECT count(*) FROM t").equals("1");
    }

    private static void awaitEnd(TestProxy proxy, String outcome) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> proxy.audited().stream()
                        .anyMatch(line -> line.contains("\"delay_ended\"") && line.contains("\"" + outcome + "\"")));
    }

    @Test
    void a_flood_behind_a_delay_ends_the_session_and_nothing_runs() {
        try (TestProxy proxy = TestProxy.start(server, "delay");
                WireClient alice = proxy.login("alice", database)) {
            alice.send(Frontend.query("DROP TABLE t"));
            alice.readUntil('N');
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 100; i++) {
                    alice.send(LARGE);
                }
            });
            assertThat(alice.read().sqlState()).isEqualTo("54000");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(flood::isDone);
            awaitEnd(proxy, "withdrawn");
        }
        assertThat(tableIsThere()).isTrue();
    }

    @Test
    void idle_timeouts_of_the_server_do_not_end_a_session_that_waits_in_a_transaction() {
        try (TestProxy proxy = TestProxy.start(server.port(), "delay", Map.of("hold.keep_alive_every", "150ms"));
                WireClient alice = proxy.login("alice", database)) {
            alice.query("SET idle_in_transaction_session_timeout = '700ms'");
            alice.query("BEGIN");
            assertThat(alice.query("DELETE FROM t"))
                    .extracting(ServerMessage::type)
                    .containsExactly('N', 'N', 'C', 'Z');
            alice.query("COMMIT");
            awaitEnd(proxy, "run");
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void a_server_that_ends_the_session_meanwhile_is_heard_and_nothing_runs() {
        try (TestProxy proxy = TestProxy.start(server, "delay");
                WireClient alice = proxy.login("alice", database)) {
            alice.send(Frontend.query("DROP TABLE t"));
            alice.readUntil('N');
            server.run(
                    database,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'alice' AND datname = '"
                            + database + "'");
            assertThat(alice.readUntil('E').get(0).sqlState()).isEqualTo("57P01");
            awaitEnd(proxy, "server_lost");
        }
        assertThat(tableIsThere()).isTrue();
    }

    @Test
    void half_a_connection_is_no_requester() {
        try (TestProxy proxy = TestProxy.start(server, "delay");
                WireClient alice = proxy.login("alice", database)) {
            alice.send(Frontend.query("DROP TABLE t"));
            alice.readUntil('N');
            alice.finish();
            awaitEnd(proxy, "withdrawn");
        }
        assertThat(tableIsThere()).isTrue();
    }
}
