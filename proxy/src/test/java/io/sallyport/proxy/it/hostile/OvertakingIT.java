package io.sallyport.proxy.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the proxy says itself waits for its turn, and waiting for the server ends. */
@Timeout(120)
final class OvertakingIT {
    private static final int LARGE = 30_000_000;
    private static final int SMALL_WINDOW = 4096;

    private final TestServer server = TestServer.shared();
    private String database = "";

    @BeforeEach
    void makes_a_table() {
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
    }

    @Test
    void a_notice_waits_for_the_end_of_a_large_row() {
        Map<String, String> nagging = Map.of("hold.remind_every", "100ms");
        try (TestProxy proxy = TestProxy.start(server.port(), "built-in", nagging);
                WireClient slow = WireClient.connect(proxy.port(), SMALL_WINDOW);
                Approver bob = new Approver(proxy, "bob", database)) {
            slow.login("alice", database, "");
            slow.send(Frontend.query("SELECT repeat('x', " + LARGE + ")"));
            assertThat(slow.read().type()).isEqualTo('T');
            slow.send(Frontend.query("DELETE FROM t"));
            // The hold is open, and most of the row still on its way.
            String code = bob.awaitHold();
            ServerMessage row = slow.read();
            assertThat(row.type()).isEqualTo('D');
            assertThat(row.body()).hasSize(2 + 4 + LARGE);
            assertThat(new String(row.body(), 6, LARGE, StandardCharsets.US_ASCII))
                    .containsPattern("\\Ax++\\z");
            List<ServerMessage> rest = slow.readUntil('N');
            assertThat(Approver.code(rest.get(rest.size() - 1))).isEqualTo(code);
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void a_refused_copy_waits_for_the_answers_that_are_owed() {
        try (TestProxy proxy = TestProxy.start(server, "deny");
                WireClient client = proxy.login("alice", database)) {
            client.send(Frontend.query("SELECT pg_sleep(0.5)"), Frontend.query("COPY t FROM STDIN"));
            assertThat(client.readUntil('G')).extracting(ServerMessage::type).containsExactly('T', 'D', 'C', 'Z', 'G');
            client.send(Frontend.copyData("2\n".getBytes(StandardCharsets.US_ASCII)), Frontend.copyDone());
            List<ServerMessage> refused = client.readUntilReady();
            assertThat(refused).extracting(ServerMessage::type).containsExactly('E', 'Z');
            assertThat(refused.get(0).sqlState()).isEqualTo("42501");
            assertThat(client.query("SELECT 1")).hasSize(4);
        }
        assertThat(server.ask(database, "SELECT i FROM t")).isEqualTo("1");
    }

    /** The part that went ahead without a Sync: the server keeps its answers until somebody asks for them. */
    @Test
    void a_cut_batch_ahead_of_a_text_outside_ascii_comes_to_its_end() {
        List<byte[]> pipeline = new ArrayList<>();
        pipeline.add(Frontend.parse("ins", "SELECT length($1::text)"));
        for (int i = 0; i < 4; i++) {
            pipeline.add(Frontend.bind("", "ins", "x".repeat(400_000)));
            pipeline.add(Frontend.execute("", 0));
        }
        pipeline.add(Frontend.parse("", "SELECT 'é'"));
        pipeline.add(Frontend.bind("", ""));
        pipeline.add(Frontend.execute("", 0));
        pipeline.add(Frontend.sync());
        answersLikeTheServer(pipeline.toArray(byte[][]::new));
    }

    @Test
    void a_stray_copy_fail_ahead_of_a_text_outside_ascii_comes_to_its_end() {
        answersLikeTheServer(
                Frontend.parse("b", "SELECT 1"),
                Frontend.copyFail("stray"),
                Frontend.query("SET application_name = 'é'"));
    }

    private void answersLikeTheServer(byte[]... pipeline) {
        Map<String, String> small = Map.of("limits.message_bytes", "1MiB", "limits.batch_bytes", "1MiB");
        // A policy that asks nothing of what cannot be read: only the order of the answers is looked at.
        try (TestProxy proxy = TestProxy.start(server.port(), "deny", small);
                WireClient direct = WireClient.login(server.port(), "alice", database);
                WireClient through = proxy.login("alice", database)) {
            direct.send(pipeline);
            through.send(pipeline);
            assertThat(through.readUntilReady())
                    .hasToString(direct.readUntilReady().toString());
        }
    }
}
