package io.sallyport.proxy.it.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With `audit.fsync: every`, what was approved runs when that is on record, and not before. */
@Timeout(120)
final class ApprovalOnRecordIT {
    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();

    @TempDir
    private Path folder;

    @Test
    void an_approved_statement_waits_for_its_record() throws Exception {
        run((proxy, alice, pipe) -> {
            // The sessions go on: it is not their loop that waits.
            assertThat(alice.poll(Duration.ofMillis(200))).isNull();
            assertThat(rows()).isEqualTo("9");
            pipe.drain();
            assertThat(alice.readUntilReady()).anyMatch(message -> message.type() == 'C');
            assertThat(rows()).isEqualTo("0");
            assertThat(pipe.text()).contains("\"event\":\"voted\"").contains("\"outcome\":\"approved\"");
        });
    }

    @Test
    void until_then_its_requester_can_take_it_back() throws Exception {
        run((proxy, alice, pipe) -> {
            try (WireClient canceller = WireClient.connect(proxy.port())) {
                canceller.send(Frontend.cancelRequest(alice.key()));
                canceller.readUntil(ServerMessage.END);
            }
            assertThat(alice.readUntilReady())
                    .filteredOn(message -> message.type() == 'E')
                    .extracting(ServerMessage::sqlState)
                    .isEqualTo(List.of("57014"));
            pipe.drain();
            await().until(() -> pipe.text().contains("\"sql_state\":\"57014\""));
            assertThat(alice.query("SELECT 1")).anyMatch(message -> message.type() == 'D');
            assertThat(rows()).isEqualTo("9");
        });
    }

    @Test
    void it_does_not_run_for_a_client_that_is_gone() throws Exception {
        run((proxy, alice, pipe) -> {
            alice.close();
            await().until(() -> proxy.sessions() == 1);
            pipe.drain();
            await().until(() -> pipe.text().contains("\"sql_state\":\"57014\""));
            assertThat(rows()).isEqualTo("9");
        });
    }

    private interface Story {
        void tell(TestProxy proxy, WireClient alice, FullPipe pipe) throws Exception;
    }

    /** Up to the approval, while the audit takes nothing. */
    private void run(Story story) throws Exception {
        server.run(database, "CREATE TABLE t AS SELECT generate_series(1, 9) AS i; GRANT ALL ON t TO PUBLIC");
        Path path = folder.resolve("audit.pipe");
        try (FullPipe pipe = new FullPipe(path);
                TestProxy proxy = TestProxy.start(
                        server.port(), "hold", Map.of("audit.file", path.toString(), "audit.fsync", "every"));
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            assertThat(bob.approve(Approver.code(alice.readUntil('N').get(0)))).isTrue();
            story.tell(proxy, alice, pipe);
        }
    }

    private String rows() {
        return server.ask(database, "SELECT count(*) FROM t");
    }
}
