package io.sallyport.proxy.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What clients do over TLS besides asking: begin in odd ways, cancel, show certificates. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsClientsIT {
    private final TestServer server = TestServer.shared();
    private TestCertificates ours;

    @BeforeAll
    void issue(@TempDir(cleanup = CleanupMode.NEVER) Path folder) {
        ours = new TestCertificates(folder, "ours");
        ours.write("proxy", ours.issue("CN=proxy"));
    }

    private TestProxy proxy(String policy, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "tls.mode", "require", "tls.certificate", ours.path("proxy.crt"), "tls.key", ours.path("proxy.key")));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return TestProxy.start(server.port(), policy, settings);
    }

    private static void assertIn(WireClient client, String user) {
        client.login(user, "postgres", "");
        assertThat(Rows.of(client.query("SELECT 'in'"))).containsExactly(List.of("in"));
    }

    /** In the clear, behind the S: it is no handshake. */
    @Test
    void a_second_ssl_request_in_place_of_the_handshake_ends_the_connection() throws IOException {
        try (TestProxy proxy = proxy("built-in");
                Socket socket = TlsSockets.plain(proxy.port())) {
            socket.getOutputStream().write(Frontend.sslRequest());
            assertThat(socket.getInputStream().read()).isEqualTo('S');
            socket.getOutputStream().write(Frontend.sslRequest());
            byte[] rest = socket.getInputStream().readAllBytes();
            // An alert of TLS, never an answer of ours.
            assertThat(rest.length == 0 || rest[0] == 0x15).isTrue();
            Awaitility.await()
                    .until(() -> proxy.scrape().contains("sallyport_tls_handshake_failures_total{leg=\"client\"} 1.0"));
        }
    }

    @Test
    void requests_for_encryption_inside_of_it_are_declined_and_the_session_begins() throws IOException {
        try (TestProxy proxy = proxy("built-in");
                WireClient client = TlsSockets.asked(proxy.port())) {
            client.send(Frontend.sslRequest());
            assertThat(client.readByte()).isEqualTo('N');
            client.send(Frontend.gssEncRequest());
            assertThat(client.readByte()).isEqualTo('N');
            assertIn(client, "alice");
        }
    }

    @Test
    void tls_may_follow_a_declined_request_for_gssapi_and_not_the_other_way_round() throws IOException {
        try (TestProxy proxy = proxy("built-in")) {
            Socket socket = TlsSockets.plain(proxy.port());
            socket.getOutputStream().write(Frontend.gssEncRequest());
            assertThat(socket.getInputStream().read()).isEqualTo('N');
            socket.getOutputStream().write(Frontend.sslRequest());
            assertThat(socket.getInputStream().read()).isEqualTo('S');
            try (WireClient client = WireClient.over(TlsSockets.over(socket, null, ""))) {
                assertIn(client, "alice");
            }
            try (Socket other = TlsSockets.plain(proxy.port())) {
                other.getOutputStream().write(Frontend.sslRequest());
                assertThat(other.getInputStream().read()).isEqualTo('S');
                other.getOutputStream().write(Frontend.gssEncRequest());
                assertThat(other.getInputStream().readNBytes(1)).isIn(new byte[0], new byte[] {0x15});
            }
        }
    }

    @Test
    void a_cancel_over_tls_meets_a_running_and_a_held_statement() throws IOException {
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE t (i int); GRANT ALL ON t TO PUBLIC");
        try (TestProxy proxy = proxy("built-in");
                WireClient client = TlsSockets.asked(proxy.port())) {
            client.login("alice", database, "");
            client.send(Frontend.query("SELECT pg_sleep(60)"));
            Awaitility.await()
                    .until(() -> !server.ask(
                                    database,
                                    "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sl%'")
                            .isEmpty());
            cancel(proxy, client);
            assertCancelled(client);
            client.send(Frontend.query("DELETE FROM t"));
            assertThat(client.readUntil('N')).isNotEmpty();
            cancel(proxy, client);
            assertCancelled(client);
            assertThat(Rows.of(client.query("SELECT 'goes on'"))).containsExactly(List.of("goes on"));
        }
    }

    private static void cancel(TestProxy proxy, WireClient client) throws IOException {
        try (WireClient cancel = TlsSockets.asked(proxy.port())) {
            cancel.send(Frontend.cancelRequest(client.key()));
            assertThat(cancel.read().isEnd()).isTrue();
        }
        // Of nobody: nothing happens, and the connection is closed all the same.
        try (WireClient forged = WireClient.over(TlsSockets.direct(proxy.port()))) {
            forged.send(Frontend.cancelRequest(client.key().forged()));
            assertThat(forged.read().isEnd()).isTrue();
        }
    }

    private static void assertCancelled(WireClient client) {
        assertThat(client.readUntilReady())
                .filteredOn(message -> message.type() == 'E')
                .extracting(ServerMessage::sqlState)
                .containsExactly("57014");
    }

    @Test
    void a_rule_asks_for_the_certificate_of_the_login() throws IOException {
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE t (i int); INSERT INTO t VALUES (1); GRANT ALL ON t TO PUBLIC");
        try (TestProxy proxy =
                proxy("by-certificate", "tls.client_ca", ours.ca(), "tls.client_certificates", "optional")) {
            for (X509Bundle shown : new X509Bundle[] {ours.issue("CN=mallory,O=Example"), null}) {
                try (WireClient client = TlsSockets.asked(proxy.port(), shown)) {
                    client.login("alice", database, "");
                    assertThat(client.query("DELETE FROM t").get(0).sqlState()).isEqualTo("42501");
                }
            }
            try (WireClient client = TlsSockets.asked(proxy.port(), ours.issue("CN=alice,O=Example"))) {
                client.login("alice", database, "");
                assertThat(client.query("DELETE FROM t").get(0).commandTag()).isEqualTo("DELETE 1");
            }
        }
    }

    @Test
    void of_two_names_in_one_part_of_the_subject_a_map_takes_either_and_cn_takes_none() throws IOException {
        X509Bundle both = ours.issue("CN=alice+CN=bob,O=Example");
        String map = ours.write("two.map", "cn:bob  carol\ncn:alice  app\n");
        try (TestProxy mapped = proxy(
                        "built-in",
                        "tls.client_ca",
                        ours.ca(),
                        "tls.client_certificates",
                        "require",
                        "tls.client_roles",
                        map);
                TestProxy named = proxy(
                        "built-in",
                        "tls.client_ca",
                        ours.ca(),
                        "tls.client_certificates",
                        "require",
                        "tls.client_roles",
                        "cn")) {
            for (String role : List.of("carol", "app")) {
                try (WireClient client = TlsSockets.asked(mapped.port(), both)) {
                    assertIn(client, role);
                }
            }
            assertThat(refusal(mapped, both, "alice")).isEqualTo("28000");
            assertThat(refusal(named, both, "alice")).isEqualTo("28000");
            assertThat(refusal(named, both, "bob")).isEqualTo("28000");
        }
    }

    private static String refusal(TestProxy proxy, X509Bundle shown, String role) throws IOException {
        try (WireClient client = TlsSockets.asked(proxy.port(), shown)) {
            client.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", role, "database", "postgres"));
            return client.read().sqlState();
        }
    }
}
