package io.sallyport.proxy.it.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.relay.DirectMemory;
import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is pipelined behind a held statement: a little waits, a flood ends the session. */
@Timeout(180)
final class HoldBacklogIT {
    private static final long KEPT_AT_MOST = 24L << 20;
    private static final int QUERIES = 1000;

    /** So many of them stay below limits.queued_bytes. */
    private static final int BEHIND = 5;

    private static final byte[] QUERY = Frontend.query("SELECT length('" + "x".repeat(100_000) + "')");

    private final TestServer server = TestServer.shared();
    private String database = "";

    @BeforeEach
    void makes_a_table() {
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
    }

    private CompletableFuture<Void> flood(WireClient client) {
        return CompletableFuture.runAsync(() -> {
            for (int i = 0; i < QUERIES; i++) {
                client.send(QUERY);
            }
        });
    }

    private static void sendBehind(WireClient client) {
        for (int i = 0; i < BEHIND; i++) {
            client.send(QUERY);
        }
    }

    @Test
    void a_flood_behind_a_hold_ends_both_and_memory_stays_bounded() {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.readUntil('N').get(0));
            long before = DirectMemory.usedBytes();
            assertThat(before).as("the proxy's allocator is the one measured").isPositive();
            CompletableFuture<Void> flood = flood(alice);
            assertThat(alice.read().sqlState()).isEqualTo("54000");
            assertThat(DirectMemory.usedBytes() - before).isLessThan(KEPT_AT_MOST);
            // Read and thrown away for a moment, so that the error is not lost; then the socket is closed.
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(flood::isDone);
            assertThat(DirectMemory.usedBytes() - before).isLessThan(KEPT_AT_MOST);
            Awaitility.await().until(bob::noHolds);
            assertThat(bob.approve(code)).isFalse();
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void what_fits_behind_a_hold_is_answered_after_the_approval() {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.readUntil('N').get(0));
            sendBehind(alice);
            assertThat(bob.approve(code)).isTrue();
            assertThat(alice.readUntilReady()).extracting(ServerMessage::type).endsWith('C', 'Z');
            for (int i = 0; i < BEHIND; i++) {
                assertThat(alice.readUntilReady())
                        .extracting(ServerMessage::type)
                        .containsExactly('T', 'D', 'C', 'Z');
            }
        }
    }

    @Test
    void a_cancel_reaches_a_hold_behind_which_much_waits() {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = proxy.login("alice", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            alice.readUntil('N');
            sendBehind(alice);
            try (WireClient canceller = WireClient.connect(proxy.port())) {
                canceller.send(Frontend.cancelRequest(alice.key()));
            }
            assertThat(alice.readUntilReady().get(0).sqlState()).isEqualTo("57014");
            for (int i = 0; i < BEHIND; i++) {
                alice.readUntilReady();
            }
        }
    }

    @Test
    void a_reset_withdraws_a_hold_behind_which_much_waits() {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.readUntil('N').get(0));
            sendBehind(alice);
            alice.reset();
            Awaitility.await().until(bob::noHolds);
            assertThat(bob.approve(code)).isFalse();
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("1");
    }
}
