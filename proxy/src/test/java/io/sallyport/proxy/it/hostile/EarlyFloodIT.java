package io.sallyport.proxy.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A megabyte of tiny messages in the same write as the start-up packet, before anybody is let in. */
@Timeout(120)
final class EarlyFloodIT {
    /** More sessions than the machine of a test has event loops for, as far as that goes. */
    private static final int FLOODS = 4;

    private static final int SYNCS = 190_000;

    private final TestServer server = TestServer.shared();

    private static byte[] flood() {
        Body syncs = new Body();
        for (int i = 0; i < SYNCS; i++) {
            syncs.raw(Frontend.sync());
        }
        return Frontend.join(
                Frontend.startup(Frontend.PROTOCOL_3_0, "user", "alice", "database", "postgres"), syncs.bytes());
    }

    @Test
    void other_sessions_are_served_meanwhile_and_the_flood_is_answered_in_full() {
        byte[] flood = flood();
        List<WireClient> flooding = new ArrayList<>();
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient bystander = proxy.login("bob", "postgres")) {
            List<CompletableFuture<Void>> sent = new ArrayList<>();
            for (int i = 0; i < FLOODS; i++) {
                WireClient client = WireClient.connect(proxy.port());
                flooding.add(client);
                sent.add(CompletableFuture.runAsync(() -> client.send(flood)));
            }
            // Each waits 20 s at most.
            for (int i = 0; i < 20; i++) {
                assertThat(bystander.query("SELECT 1")).hasSize(4);
            }
            for (WireClient client : flooding) {
                assertThat(ready(client)).isEqualTo(1 + SYNCS);
            }
            assertThat(sent).allSatisfy(done -> assertThat(done).succeedsWithin(Duration.ofSeconds(20)));
        } finally {
            flooding.forEach(WireClient::close);
        }
    }

    private static int ready(WireClient client) {
        int ready = 0;
        while (ready < 1 + SYNCS) {
            ServerMessage message = client.read();
            assertThat(message.isEnd()).isFalse();
            ready += message.type() == 'Z' ? 1 : 0;
        }
        return ready;
    }
}
