package io.sallyport.proxy.it.hold;

import static io.sallyport.proxy.it.hold.Races.cancel;
import static io.sallyport.proxy.it.hold.Races.hold;
import static io.sallyport.proxy.it.hold.Races.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.relay.DirectMemory;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody watches and does not read: what is kept for them has an end, and nobody else waits for them. */
@Timeout(180)
final class UnreadWatchIT {
    private static final int SMALL_WINDOW = 4096;
    private static final long KEPT_AT_MOST = 16L << 20;

    /** Eight megabytes: more than all buffers on the way take. */
    private static final String MUCH_NEWS =
            "SELECT pg_notify('news', i || repeat('x', 7900)) FROM generate_series(1, 1000) AS i";

    private static final int HOLDS = 50;

    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();

    @Test
    void who_does_not_read_is_told_less_and_how_many_events_that_were() {
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient carol = WireClient.connect(proxy.port(), SMALL_WINDOW);
                WireClient alice = proxy.login("alice", database)) {
            carol.login("carol", database, "");
            carol.query("LISTEN news");
            carol.send(Frontend.query("SALLYPORT WATCH"));
            assertThat(carol.read().type()).isEqualTo('N');
            server.run(database, MUCH_NEWS);
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            long before = DirectMemory.usedBytes();
            for (int i = 0; i < HOLDS; i++) {
                hold(alice, "DELETE FROM t");
                assertThat(cancel(proxy, alice)).isTrue();
                assertThat(outcome(alice)).isEqualTo("57014");
            }
            assertThat(DirectMemory.usedBytes() - before).isLessThan(KEPT_AT_MOST);
            List<Character> heard = new ArrayList<>();
            for (ServerMessage next = carol.read(); next != null; next = carol.poll(Duration.ofSeconds(1))) {
                heard.add(next.type());
            }
            assertThat(heard).filteredOn(type -> type == 'A').hasSize(1_000);
            assertThat(heard).filteredOn(type -> type == 'N').hasSizeLessThan(2 * HOLDS);
            hold(alice, "DELETE FROM t");
            assertThat(carol.read().field('M'))
                    .endsWith("events were not shown here, for nobody read;"
                            + " the latest are among the rows in the end");
            assertThat(carol.read().field('M')).contains(" opened ");
            assertThat(cancel(proxy, carol)).isTrue();
            assertThat(outcome(carol)).isEqualTo("57014");
        }
    }
}
