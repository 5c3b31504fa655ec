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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that waits for a second person and reads nothing: what Sallyport says of its own does not pile up for it. */
@Timeout(180)
final class UnreadHoldIT {
    private static final int SMALL_WINDOW = 4096;
    private static final long KEPT_AT_MOST = 16L << 20;

    /** Reminders come ten times a second; so many may be under way when the client stops reading. */
    private static final int FEW = 20;

    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();

    @Test
    void reminders_stop_while_nobody_reads_and_the_hold_goes_on() {
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
        Map<String, String> often = Map.of("hold.remind_every", "100ms");
        try (TestProxy proxy = TestProxy.start(server.port(), "hold", often);
                WireClient alice = WireClient.connect(proxy.port(), SMALL_WINDOW);
                Approver bob = new Approver(proxy, "bob", database)) {
            alice.login("alice", database, "");
            // Its rows fill every buffer on the way before the next statement is held.
            alice.send(Frontend.query("SELECT repeat('x', 1000) FROM generate_series(1, 20000)"));
            alice.send(Frontend.query("DELETE FROM t"));
            String code = bob.awaitHold();
            long before = DirectMemory.usedBytes();
            Awaitility.await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
            assertThat(DirectMemory.usedBytes() - before).isLessThan(KEPT_AT_MOST);
            assertThat(bob.approve(code)).isTrue();
            List<ServerMessage> heard = alice.readUntilReady();
            heard.addAll(alice.readUntilReady());
            assertThat(heard.get(heard.size() - 2).commandTag()).isEqualTo("DELETE 1");
            // Notices stand between the server's messages, so that the last may come behind its last word.
            heard.addAll(alice.query("SELECT 1"));
            assertThat(heard).filteredOn(message -> message.type() == 'D').hasSize(20_001);
            assertThat(heard).filteredOn(message -> message.type() == 'N').hasSizeBetween(1, FEW);
        }
    }

    @Test
    void rows_of_our_own_are_made_no_faster_than_they_are_read() {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = WireClient.connect(proxy.port(), SMALL_WINDOW)) {
            alice.login("alice", database, "");
            int asked = 20_000;
            byte[] help = Frontend.query("SALLYPORT HELP");
            Thread sender =
                    new Thread(() -> alice.send(Collections.nCopies(asked, help).toArray(byte[][]::new)));
            sender.start();
            long before = DirectMemory.usedBytes();
            Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            assertThat(DirectMemory.usedBytes() - before).isLessThan(KEPT_AT_MOST);
            for (int i = 0; i < asked; i++) {
                assertThat(alice.readUntilReady())
                        .extracting(ServerMessage::type)
                        .contains('D', 'C');
            }
        }
    }
}
