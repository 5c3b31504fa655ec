package io.sallyport.proxy.it.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.BodyReader;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Versions above 3.0 and options of the protocol, through the proxy as without it. */
@Timeout(120)
final class ProtocolVersionIT {
    private static final int V3_1 = 3 << 16 | 1;
    private static final int V3_2 = 3 << 16 | 2;
    private static final int NEWEST = 3 << 16 | 9999;

    private final TestServer server = TestServer.shared();

    /** What NegotiateProtocolVersion says: version word, then names; empty where none came. */
    private static List<String> negotiated(WireClient client, int version, String... more) {
        List<String> words = new ArrayList<>(List.of("user", "alice", "database", "postgres"));
        words.addAll(List.of(more));
        client.send(Frontend.startup(version, words.toArray(String[]::new)));
        List<ServerMessage> answer = client.authenticate("alice", "");
        List<ServerMessage> told =
                answer.stream().filter(message -> message.type() == 'v').toList();
        assertThat(told).hasSizeLessThanOrEqualTo(1);
        List<String> lines = new ArrayList<>();
        for (ServerMessage message : told) {
            assertThat(answer.get(0)).isSameAs(message);
            BodyReader body = message.read();
            int word = body.int32();
            lines.add((word >>> 16) + "." + (word & 0xffff));
            for (int left = body.int32(); left > 0; left--) {
                lines.add(body.string());
            }
            assertThat(body.remaining()).isZero();
        }
        assertThat(client.query("SELECT 1")).hasSize(4);
        return lines;
    }

    private static List<String> negotiated(int port, int version, String... more) {
        try (WireClient client = WireClient.connect(port)) {
            return negotiated(client, version, more);
        }
    }

    private static void assertSame(TestServer server, TestProxy proxy, int version, String... more) {
        assertThat(negotiated(proxy.port(), version, more)).isEqualTo(negotiated(server.port(), version, more));
    }

    @Test
    void version_3_2_brings_a_long_key_and_cancel_by_it_works() {
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = WireClient.connect(proxy.port())) {
            assertThat(negotiated(client, V3_2)).isEmpty();
            assertThat(client.key().secret()).hasSize(32);
            client.send(Frontend.query("SELECT pg_sleep(15)"));
            Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            try (WireClient cancel = WireClient.connect(proxy.port())) {
                cancel.send(Frontend.cancelRequest(client.key()));
                assertThat(cancel.read().isEnd()).isTrue();
            }
            assertThat(client.readUntilReady())
                    .anyMatch(message ->
                            message.type() == 'E' && message.sqlState().equals("57014"));
        }
    }

    @Test
    void a_held_statement_is_withdrawn_by_a_long_key() {
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE t ()");
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(V3_2, "user", "alice", "database", database));
            client.authenticate("alice", "");
            client.send(Frontend.query("DROP TABLE t"));
            assertThat(client.read().type()).isEqualTo('N');
            try (WireClient cancel = WireClient.connect(proxy.port())) {
                cancel.send(Frontend.cancelRequest(client.key()));
                assertThat(cancel.read().isEnd()).isTrue();
            }
            assertThat(client.readUntilReady())
                    .anyMatch(message ->
                            message.type() == 'E' && message.sqlState().equals("57014"));
        }
    }

    @Test
    void every_version_and_option_is_answered_as_the_server_would() {
        try (TestProxy proxy = TestProxy.start(server, "built-in")) {
            assertThat(negotiated(proxy.port(), NEWEST, "_pq_.grease", "1")).containsExactly("3.2", "_pq_.grease");
            assertSame(server, proxy, V3_1);
            assertSame(server, proxy, V3_2);
            assertSame(server, proxy, NEWEST);
            assertSame(server, proxy, NEWEST, "_pq_.grease", "1", "_pq_.more", "");
            assertSame(server, proxy, V3_2, "_pq_.grease", "1");
            assertSame(server, proxy, Frontend.PROTOCOL_3_0, "_pq_.grease", "1");
        }
    }

    @Test
    void an_older_server_too() {
        assumeTrue(OlderBinaries.available(), "no older server was downloaded by the build");
        try (TestServer older = TestServer.start(OlderBinaries::open);
                TestProxy proxy = TestProxy.start(older, "built-in")) {
            assertThat(negotiated(proxy.port(), V3_2)).containsExactly("3.0");
            assertSame(older, proxy, V3_1);
            assertSame(older, proxy, NEWEST);
            assertSame(older, proxy, NEWEST, "_pq_.grease", "1");
            assertSame(older, proxy, Frontend.PROTOCOL_3_0, "_pq_.grease", "1");
        }
    }

    @Test
    void a_refused_login_is_told_its_version_and_the_reason() {
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(NEWEST, "user", "by_nothing", "database", "postgres"));
            assertThat(client.readUntil(ServerMessage.END))
                    .extracting(ServerMessage::type)
                    .containsExactly('v', 'E', ServerMessage.END);
        }
    }

    @Test
    void of_a_user_named_twice_the_last_counts() {
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = WireClient.connect(proxy.port())) {
            client.send(
                    Frontend.startup(Frontend.PROTOCOL_3_0, "user", "alice", "database", "postgres", "user", "bob"));
            client.authenticate("bob", "");
            assertThat(client.query("SELECT session_user").get(1).body()).endsWith(new byte[] {'b', 'o', 'b'});
            // It is written by a thread of its own.
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(proxy.audited()).anyMatch(line -> line.contains("\"user\":\"bob\"")));
        }
    }
}
