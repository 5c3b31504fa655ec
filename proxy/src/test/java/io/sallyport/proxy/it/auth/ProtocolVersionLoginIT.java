package io.sallyport.proxy.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.tls.TestCertificates;
import io.sallyport.proxy.it.tls.TlsSockets;
import io.sallyport.proxy.it.wire.BodyReader;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Versions above 3.0 where the offer of mechanisms is not the server's own, and where SCRAM ends at the proxy. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProtocolVersionLoginIT {
    private static final int V3_2 = 3 << 16 | 2;
    private static final int NEWEST = 3 << 16 | 9999;
    private static final int SASL = 10;

    private TestCertificates ours;
    private TestServer server;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.NEVER) Path folder) {
        ours = new TestCertificates(folder, "ours");
        ours.write("proxy", ours.issue("CN=proxy"));
        var bundle = ours.issue("CN=server");
        server = TestServer.startWithTls(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM(), "");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private TestProxy proxy(TestServer upstream, String mode, String upstreamTls) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "auth.mode",
                mode,
                "tls.certificate",
                ours.path("proxy.crt"),
                "tls.key",
                ours.path("proxy.key"),
                "upstream_tls.mode",
                upstreamTls));
        if (mode.equals("terminate")) {
            settings.put("auth.userlist", ours.write("users.txt", "\"by_scram\" \"" + TestServer.PASSWORD + "\"\n"));
        }
        return TestProxy.start(upstream.port(), "built-in", settings);
    }

    /** What was said up to ReadyForQuery, or to the refusal. */
    private static List<ServerMessage> login(WireClient client, int version, String password, String... more) {
        List<String> words = new ArrayList<>(List.of("user", "by_scram", "database", "postgres"));
        words.addAll(List.of(more));
        client.send(Frontend.startup(version, words.toArray(String[]::new)));
        return client.tryToAuthenticate("by_scram", password);
    }

    private static List<String> offered(List<ServerMessage> said) {
        for (ServerMessage message : said) {
            BodyReader body = message.read();
            if (message.type() == 'R' && body.int32() == SASL) {
                List<String> names = new ArrayList<>();
                for (String name = body.string(); !name.isEmpty(); name = body.string()) {
                    names.add(name);
                }
                return names;
            }
        }
        throw new AssertionError("no SASL in " + said);
    }

    /** Over two legs of TLS the relayed offer has lost SCRAM-SHA-256-PLUS; the version is the server's own affair. */
    @Test
    void version_3_2_goes_with_a_reduced_offer_and_with_one_of_our_own() throws IOException {
        Map<String, List<String>> offers =
                Map.of("relay", List.of("SCRAM-SHA-256"), "terminate", List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"));
        for (Map.Entry<String, List<String>> offer : offers.entrySet()) {
            try (TestProxy proxy = proxy(server, offer.getKey(), "require");
                    WireClient client = TlsSockets.asked(proxy.port())) {
                List<ServerMessage> said = login(client, V3_2, TestServer.PASSWORD);
                assertThat(offered(said)).isEqualTo(offer.getValue());
                assertThat(said).extracting(ServerMessage::type).doesNotContain('v', 'E');
                assertThat(client.key().secret()).hasSize(32);
                assertCancels(proxy, client);
            }
        }
    }

    private void assertCancels(TestProxy proxy, WireClient client) throws IOException {
        client.send(Frontend.query("SELECT pg_sleep(60)"));
        String running = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sl%'";
        Awaitility.await().until(() -> !server.ask("postgres", running).isEmpty());
        try (WireClient cancel = TlsSockets.asked(proxy.port())) {
            cancel.send(Frontend.cancelRequest(client.key()));
            assertThat(cancel.read().isEnd()).isTrue();
        }
        assertThat(client.readUntilReady())
                .filteredOn(message -> message.type() == 'E')
                .extracting(ServerMessage::sqlState)
                .containsExactly("57014");
    }

    /** Who asks for more is told once, whoever runs SCRAM. */
    @Test
    void a_newer_version_and_an_option_are_negotiated_down_where_scram_ends_here() {
        try (TestProxy proxy = proxy(server, "terminate", "require");
                WireClient client = WireClient.connect(proxy.port())) {
            List<ServerMessage> said = login(client, NEWEST, TestServer.PASSWORD, "_pq_.grease", "1");
            List<ServerMessage> told =
                    said.stream().filter(message -> message.type() == 'v').toList();
            assertThat(told).hasSize(1);
            BodyReader body = told.get(0).read();
            assertThat(body.int32()).isEqualTo(V3_2);
            assertThat(body.int32()).isEqualTo(1);
            assertThat(body.string()).isEqualTo("_pq_.grease");
            assertThat(client.key().secret()).hasSize(32);
            assertThat(Rows.of(client.query("SELECT 'in'"))).containsExactly(List.of("in"));
        }
    }

    @Test
    void a_wrong_password_is_a_wrong_password_in_every_version() {
        try (TestProxy proxy = proxy(server, "terminate", "require")) {
            for (int version : new int[] {Frontend.PROTOCOL_3_0, V3_2, NEWEST}) {
                try (WireClient client = WireClient.connect(proxy.port())) {
                    List<ServerMessage> said = login(client, version, "wrong");
                    assertThat(said.get(said.size() - 1).sqlState()).isEqualTo("28P01");
                }
            }
        }
    }

    /** The server is asked only after the proof, so that its own, lower version is told late, and once. */
    @Test
    void an_older_server_says_3_0_behind_the_proof() {
        assumeTrue(OlderBinaries.available(), "no older server was downloaded by the build");
        try (TestServer older = TestServer.start(OlderBinaries::open);
                TestProxy proxy = proxy(older, "terminate", "disable");
                WireClient client = WireClient.connect(proxy.port())) {
            List<ServerMessage> said = login(client, V3_2, TestServer.PASSWORD);
            List<ServerMessage> told =
                    said.stream().filter(message -> message.type() == 'v').toList();
            assertThat(told).hasSize(1);
            assertThat(told.get(0).read().int32()).isEqualTo(Frontend.PROTOCOL_3_0);
            assertThat(client.key().secret()).hasSize(4);
            assertThat(Rows.of(client.query("SELECT 'in'"))).containsExactly(List.of("in"));
        }
    }
}
