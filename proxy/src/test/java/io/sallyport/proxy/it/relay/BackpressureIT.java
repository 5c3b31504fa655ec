package io.sallyport.proxy.it.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever reads slowly makes the other side wait; the proxy keeps next to nothing. */
@Timeout(180)
final class BackpressureIT {
    private static final long KEPT_AT_MOST = 24L << 20;
    private static final int ROWS = 200_000;

    private final TestServer server = TestServer.shared();

    @Test
    void a_result_of_200_megabytes_to_a_slow_reader_stays_in_the_server() {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = WireClient.connect(proxy.port(), 64 << 10)) {
            client.login("app", database, "");
            long before = DirectMemory.usedBytes();
            client.send(Frontend.query("SELECT repeat('x', 1000) FROM generate_series(1, " + ROWS + ")"));
            // The server's own word that it cannot send: nobody takes the bytes.
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isWaiting(database, "ClientWrite"));
            assertThat(DirectMemory.usedBytes())
                    .as("the proxy's allocator is the one measured")
                    .isPositive();
            assertThat(DirectMemory.usedBytes() - before).isLessThan(KEPT_AT_MOST);
            assertThat(countRows(client)).isEqualTo(ROWS);
            assertThat(DirectMemory.usedBytes() - before).isLessThan(KEPT_AT_MOST);
        }
    }

    @Test
    void a_copy_of_200_megabytes_to_a_stalled_server_stays_in_the_client() throws Exception {
        String database = server.freshDatabase();
        server.run(database, """
                CREATE TABLE t (s text); GRANT ALL ON t TO PUBLIC;
                CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END';
                CREATE TRIGGER w BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.s = 'first') EXECUTE FUNCTION wait();
                """);
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient gate = WireClient.login(server.port(), "postgres", database);
                WireClient client = proxy.login("app", database)) {
            gate.query("SELECT pg_advisory_lock(1)");
            client.send(Frontend.query("COPY t FROM STDIN"));
            client.readUntil('G');
            long before = DirectMemory.usedBytes();
            AtomicLong sent = new AtomicLong();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> copy(client, sent));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(new Stalled(sent));
            assertThat(writer).isNotDone();
            assertThat(DirectMemory.usedBytes() - before).isLessThan(KEPT_AT_MOST);
            gate.query("SELECT pg_advisory_unlock(1)");
            writer.get(120, TimeUnit.SECONDS);
            assertThat(client.readUntilReady()).extracting(ServerMessage::type).containsExactly('C', 'Z');
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo(String.valueOf(ROWS + 1));
    }

    private static void copy(WireClient client, AtomicLong sent) {
        client.send(Frontend.copyData("first\n".getBytes(UTF_8)));
        byte[] row = Frontend.copyData(("y".repeat(1000) + "\n").getBytes(UTF_8));
        for (int i = 0; i < ROWS; i++) {
            client.send(row);
            sent.incrementAndGet();
        }
        client.send(Frontend.copyDone());
    }

    private boolean isWaiting(String database, String event) {
        return server.ask(
                        database,
                        "SELECT wait_event FROM pg_stat_activity WHERE usename = 'app' AND datname = '" + database
                                + "'")
                .equals(event);
    }

    private static int countRows(WireClient client) {
        int rows = 0;
        for (ServerMessage message = client.read(); message.type() != 'Z'; message = client.read()) {
            rows += message.type() == 'D' ? 1 : 0;
        }
        return rows;
    }
}
