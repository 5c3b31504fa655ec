package io.sallyport.proxy.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.sallyport.proxy.it.psql.ClientTools;
import io.sallyport.proxy.it.psql.ClientTools.Result;
import io.sallyport.proxy.it.psql.ClientTools.Running;
import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** psql over TLS to the proxy, and the proxy over TLS to a real server. */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsIT {
    private TestCertificates ours;
    private TestCertificates others;
    private TestServer server;

    @BeforeAll
    void issue(@TempDir(cleanup = CleanupMode.NEVER) Path folder) {
        ClientTools.assumeInstalled("psql");
        ours = new TestCertificates(folder, "ours");
        others = new TestCertificates(folder, "others");
        for (String name : List.of("proxy", "alice", "bob")) {
            ours.write(name, ours.issue("CN=" + name + ",O=Example"));
        }
        var bundle = ours.issue("CN=server");
        server = TestServer.startWithTls(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM(), ours.caPem());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private TestProxy proxy(Map<String, String> more) {
        return proxy(server.port(), "built-in", more);
    }

    private TestProxy proxy(int port, String policy, Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("tls.certificate", ours.path("proxy.crt"), "tls.key", ours.path("proxy.key")));
        settings.putAll(more);
        return TestProxy.start(port, policy, settings);
    }

    private Map<String, String> upstream(String mode, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("upstream_tls.mode", mode));
        if (mode.startsWith("verify")) {
            settings.put("upstream_tls.ca", ours.ca());
        }
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static Running start(TestProxy proxy, String options, String database, String sql) {
        String where = "host=localhost hostaddr=127.0.0.1 port=" + proxy.port() + " dbname=" + database + " " + options;
        return ClientTools.start(List.of("psql", "-X", "-A", "-t", "-d", where), sql);
    }

    private static Result psql(TestProxy proxy, String options, String sql) {
        return start(proxy, options, "postgres", sql).await();
    }

    private String verifyFull(String user) {
        return "user=" + user + " sslmode=verify-full sslrootcert=" + ours.ca();
    }

    private String withCertificate(String user, String certificate) {
        return verifyFull(user) + " sslcert=" + ours.path(certificate + ".crt") + " sslkey="
                + ours.path(certificate + ".key");
    }

    @Test
    void psql_verifies_the_proxy_and_the_proxy_the_server() {
        try (TestProxy proxy = proxy(upstream(
                "verify-ca",
                "upstream_tls.certificate",
                ours.path("bob.crt"),
                "upstream_tls.key",
                ours.path("bob.key")))) {
            Result result = psql(
                    proxy,
                    verifyFull("alice"),
                    "\\conninfo\nSELECT ssl, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid();\n");
            assertThat(result.out()).contains("SSL connection", "t|", "CN=bob");
            assertThat(psql(proxy, "user=bob sslmode=disable", "SELECT 'plain'").out())
                    .contains("plain");
        }
    }

    @Test
    void a_plain_session_is_refused_where_tls_is_required() {
        try (TestProxy proxy = proxy(Map.of("tls.mode", "require"))) {
            assertThat(psql(proxy, "user=bob sslmode=disable", "SELECT 1").err())
                    .contains("this proxy takes connections over TLS only");
            assertThat(psql(proxy, "user=bob sslmode=require", "SELECT 'in'").out())
                    .contains("in");
        }
    }

    @Test
    void a_wrong_authority_a_wrong_name_and_a_server_without_tls_are_refused() {
        try (TestProxy proxy = proxy(upstream("verify-ca", "upstream_tls.ca", others.ca()))) {
            assertThat(psql(proxy, "user=bob sslmode=require", "SELECT 1").err())
                    .contains("cannot connect to the server", "TLS");
        }
        // The certificate names localhost, and tests connect to an address.
        try (TestProxy proxy = proxy(upstream("verify-full"))) {
            assertThat(psql(proxy, "user=bob sslmode=require", "SELECT 1").err())
                    .contains("cannot connect to the server", "TLS");
            assertThat(proxy.scrape()).contains("sallyport_tls_handshake_failures_total{leg=\"server\"} 1.0");
        }
        int plain = TestServer.shared().port();
        try (TestProxy proxy = proxy(plain, "built-in", upstream("require"))) {
            assertThat(psql(proxy, "user=bob sslmode=require", "SELECT 1").err())
                    .contains("the server does not speak TLS");
        }
        try (TestProxy proxy = proxy(plain, "built-in", upstream("prefer"))) {
            assertThat(psql(proxy, "user=bob sslmode=require", "SELECT 'in'").out())
                    .contains("in");
        }
    }

    @Test
    void a_certificate_is_good_for_the_role_of_its_name() {
        try (TestProxy proxy = proxy(Map.of(
                "tls.mode", "require",
                "tls.client_ca", ours.ca(),
                "tls.client_certificates", "require",
                "tls.client_roles", "cn"))) {
            assertThat(psql(proxy, withCertificate("bob", "bob"), "SELECT 'in'").out())
                    .contains("in");
            assertThat(psql(proxy, withCertificate("carol", "bob"), "SELECT 1").err())
                    .contains("may not be used for role \"carol\"", "CN=bob,O=Example");
            assertThat(psql(proxy, verifyFull("bob"), "SELECT 1").exitCode()).isNotZero();
            others.write("stranger", others.issue("CN=bob"));
            assertThat(psql(proxy, withCertificate("bob", "stranger"), "SELECT 1")
                            .exitCode())
                    .isNotZero();
        }
    }

    @Test
    void a_map_says_which_roles_a_certificate_is_good_for() {
        String map = ours.write("roles.map", "# people\ncn:bob  carol,app_*\n");
        try (TestProxy proxy = proxy(
                Map.of("tls.client_ca", ours.ca(), "tls.client_certificates", "optional", "tls.client_roles", map))) {
            assertThat(psql(proxy, withCertificate("carol", "bob"), "SELECT 'in'")
                            .out())
                    .contains("in");
            assertThat(psql(proxy, withCertificate("bob", "bob"), "SELECT 1").err())
                    .contains("may not be used");
        }
    }

    @Test
    void new_files_are_taken_up_and_broken_ones_are_not() {
        ours.write("changing", ours.issue("CN=before"));
        try (TestProxy proxy =
                proxy(Map.of("tls.certificate", ours.path("changing.crt"), "tls.key", ours.path("changing.key")))) {
            Running open = start(proxy, verifyFull("bob"), "postgres", "SELECT pg_sleep(8); SELECT 'stayed';");
            ours.write("changing.key", "broken");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> proxy.scrape().contains("sallyport_tls_last_reload_successful 0.0"));
            assertThat(psql(proxy, verifyFull("bob"), "SELECT 'in'").out()).contains("in");
            others.write("changing", others.issue("CN=after"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> proxy.scrape().contains("sallyport_tls_last_reload_successful 1.0"));
            assertThat(psql(proxy, verifyFull("bob"), "SELECT 1").err()).contains("certificate verify failed");
            assertThat(open.await().out()).contains("stayed");
        }
    }

    @Test
    void much_data_passes_both_ways() {
        try (TestProxy proxy = proxy(upstream("require"))) {
            String database = server.freshDatabase();
            String script = "CREATE TABLE big (t text);\n"
                    + "\\copy (SELECT repeat('x', 1000) FROM generate_series(1, 50000)) to '" + ours.path("big.txt")
                    + "'\n\\copy big from '" + ours.path("big.txt") + "'\nSELECT sum(length(t)) FROM big;\n";
            assertThat(start(proxy, verifyFull("bob"), database, script).await().out())
                    .contains("COPY 50000", "50000000");
        }
    }

    @Test
    void a_hold_is_approved_and_another_withdrawn() {
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE t (i int); INSERT INTO t VALUES (1), (2); GRANT ALL ON t TO PUBLIC");
        try (TestProxy proxy = proxy(upstream("require"));
                Approver carol = new Approver(proxy, "carol", database)) {
            Running held = start(proxy, verifyFull("bob"), database, "DELETE FROM t;");
            assertThat(carol.approve(carol.awaitHold())).isTrue();
            assertThat(held.await().out()).contains("DELETE 2");
            Running withdrawn = start(proxy, verifyFull("bob"), database, "DELETE FROM t;");
            carol.awaitHold();
            interrupt(withdrawn);
            assertThat(withdrawn.await().err()).contains("ERROR");
            Running running = start(proxy, verifyFull("bob"), database, "SELECT pg_sleep(60);");
            Awaitility.await()
                    .until(() ->
                            server
                                    .run(database, "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sle%'")
                                    .stream()
                                    .anyMatch(message -> message.type() == 'D'));
            interrupt(running);
            assertThat(running.await().err()).contains("canceling statement due to user request");
        }
    }

    private static void interrupt(Running running) {
        ClientTools.run(List.of("kill", "-INT", String.valueOf(running.process().pid())), "");
    }

    @Test
    void plain_bytes_behind_an_ssl_request_are_refused() {
        try (TestProxy proxy = proxy(Map.of());
                WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.join(
                    Frontend.sslRequest(), Frontend.startup(Frontend.PROTOCOL_3_0, "user", "bob", "database", "x")));
            ServerMessage refusal = client.read();
            assertThat(refusal.fields().toString()).contains("received unencrypted data after SSL");
        }
    }

    @Test
    void direct_tls_needs_the_name_of_the_protocol() throws Exception {
        try (TestProxy proxy = proxy(upstream("require"))) {
            assertThat(direct(proxy.port(), "postgresql")).isEqualTo('R');
            assertThat(direct(proxy.port(), "")).isEqualTo(-1);
            assertThat(direct(proxy.port(), "http/1.1")).isEqualTo(-1);
        }
    }

    /** The first byte of the answer to a StartupMessage; -1 when there is none. */
    private static int direct(int port, String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null, new TrustManager[] {InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0]}, null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            SSLParameters parameters = socket.getSSLParameters();
            if (!protocol.isEmpty()) {
                parameters.setApplicationProtocols(new String[] {protocol});
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream()
                    .write(Frontend.startup(Frontend.PROTOCOL_3_0, "user", "bob", "database", "postgres"));
            return socket.getInputStream().read();
        } catch (IOException closed) {
            return -1;
        }
    }
}
