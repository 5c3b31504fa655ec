package io.sallyport.proxy.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not wait for answers. */
@Timeout(120)
final class PipelineIT {
    private static final int BATCHES = 1000;

    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();

    @Test
    void a_thousand_batches_in_one_write_are_answered_as_by_the_server() {
        List<String> direct = answers(server.port());
        assertThat(direct).hasSize(BATCHES * 5);
        try (TestProxy proxy = TestProxy.start(server, "built-in")) {
            assertThat(answers(proxy.port())).isEqualTo(direct);
        }
    }

    private List<String> answers(int port) {
        List<byte[]> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            batches.add(Frontend.join(
                    Frontend.parse("", "SELECT $1::int"),
                    Frontend.bind("", "", String.valueOf(i)),
                    Frontend.execute("", 0),
                    Frontend.sync()));
        }
        try (WireClient client = WireClient.login(port, "app", database)) {
            client.send(batches.toArray(byte[][]::new));
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < BATCHES; i++) {
                client.readUntilReady().forEach(message -> answers.add(message.toString()));
            }
            return answers;
        }
    }

    /** Both directions full: nobody may wait for the other to read first. */
    @Test
    void a_client_that_writes_on_while_its_answers_pile_up_ends_in_no_deadlock() throws Exception {
        byte[] query = Frontend.query("SELECT repeat('answer', 20000), '" + "q".repeat(50_000) + "'");
        AtomicLong sent = new AtomicLong();
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = proxy.login("app", database)) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < BATCHES; i++) {
                    client.send(query);
                    sent.incrementAndGet();
                }
            });
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(new Stalled(sent));
            assertThat(writer).isNotDone();
            for (int i = 0; i < BATCHES; i++) {
                assertThat(client.readUntilReady())
                        .extracting(ServerMessage::type)
                        .containsExactly('T', 'D', 'C', 'Z');
            }
            writer.get(60, TimeUnit.SECONDS);
        }
    }
}
