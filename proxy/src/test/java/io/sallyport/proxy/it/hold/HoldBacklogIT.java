package io.sallyport.proxy.it.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.relay.DirectMemory;
import io.sallyport.proxy.it.relay.Stalled;
import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.SendFailed;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 100 MB pipelined behind a held statement: most of it must wait in the client. */
@Timeout(180)
final class HoldBacklogIT {
    private static final long KEPT_AT_MOST = 24L << 20;
    private static final int QUERIES = 1000;
    private static final byte[] QUERY = Frontend.query("SELECT length('" + "x".repeat(100_000) + "')");

    private final TestServer server = TestServer.shared();
    private final AtomicLong sent = new AtomicLong();
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
                sent.incrementAndGet();
            }
        });
    }

    @Test
    void the_backlog_is_bounded_and_answered_after_the_approval() throws Exception {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.readUntil('N').get(0));
            long before = DirectMemory.usedBytes();
            CompletableFuture<Void> flood = flood(alice);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(new Stalled(sent));
            assertThat(flood).isNotDone();
            assertThat(DirectMemory.usedBytes())
                    .as("the proxy's allocator is the one measured")
                    .isPositive();
            assertThat(DirectMemory.usedBytes() - before).isLessThan(KEPT_AT_MOST);
            assertThat(bob.approve(code)).isTrue();
            assertThat(alice.readUntilReady()).extracting(ServerMessage::type).endsWith('C', 'Z');
            for (int i = 0; i < QUERIES; i++) {
                assertThat(alice.readUntilReady())
                        .extracting(ServerMessage::type)
                        .containsExactly('T', 'D', 'C', 'Z');
            }
            flood.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_cancel_still_reaches_a_hold_behind_which_the_queue_is_full() throws Exception {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = proxy.login("alice", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            alice.readUntil('N');
            CompletableFuture<Void> flood = flood(alice);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(new Stalled(sent));
            try (WireClient canceller = WireClient.connect(proxy.port())) {
                canceller.send(Frontend.cancelRequest(alice.key()));
            }
            assertThat(alice.readUntilReady().get(0).sqlState()).isEqualTo("57014");
            for (int i = 0; i < QUERIES; i++) {
                alice.readUntilReady();
            }
            flood.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_reset_behind_a_full_queue_withdraws_the_hold() {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.readUntil('N').get(0));
            CompletableFuture<Void> flood = flood(alice);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(new Stalled(sent));
            alice.reset();
            assertThat(flood)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(SendFailed.class);
            Awaitility.await().until(bob::noHolds);
            assertThat(bob.approve(code)).isFalse();
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("1");
    }
}
