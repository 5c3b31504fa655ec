package io.sallyport.proxy.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.psql.ClientTools;
import io.sallyport.proxy.it.psql.ClientTools.Result;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.tls.TestCertificates;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A certificate alone proves a role, and questions about roles go over the same TLS as everything else. */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CertificateLoginIT {
    private TestCertificates ours;
    private TestCertificates others;
    private TestServer server;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.NEVER) Path folder) {
        ClientTools.assumeInstalled("psql");
        ours = new TestCertificates(folder, "ours");
        others = new TestCertificates(folder, "others");
        for (String name : List.of("proxy", "bob", "alice")) {
            ours.write(name, ours.issue("CN=" + name));
        }
        var bundle = ours.issue("CN=server");
        server = TestServer.startWithTls(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM(), ours.caPem());
        server.run(
                "postgres",
                "SET password_encryption = 'scram-sha-256'; CREATE ROLE by_scram_asks LOGIN PASSWORD 'ask'; "
                        + "GRANT SELECT ON pg_authid TO by_scram_asks, alice");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private TestProxy proxy(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "tls.mode",
                "require",
                "tls.certificate",
                ours.path("proxy.crt"),
                "tls.key",
                ours.path("proxy.key"),
                "upstream_tls.mode",
                "require"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return TestProxy.start(server.port(), "built-in", all);
    }

    private TestProxy byCertificate(String roles) {
        return proxy(
                "auth.mode",
                "certificate",
                "auth.userlist",
                ours.write("users.txt", "\"by_scram\" \"" + TestServer.PASSWORD + "\"\n"),
                "tls.client_ca",
                ours.ca(),
                "tls.client_certificates",
                "optional",
                "tls.client_roles",
                roles);
    }

    private Result psql(TestProxy proxy, String role, String more) {
        String where =
                "host=127.0.0.1 port=" + proxy.port() + " dbname=postgres sslmode=require user=" + role + " " + more;
        return ClientTools.run(List.of("psql", "-X", "-w", "-At", "-c", "SELECT current_user", where), "");
    }

    private String with(String name) {
        return "sslcert=" + ours.path(name + ".crt") + " sslkey=" + ours.path(name + ".key");
    }

    @Test
    void a_certificate_proves_the_role_of_its_name_where_nothing_else_is_said() {
        try (TestProxy proxy = byCertificate("any")) {
            assertThat(psql(proxy, "bob", with("bob")).out()).isEqualTo("bob\n");
            assertThat(psql(proxy, "carol", with("bob")).err())
                    .contains("certificate authentication failed for user \"carol\"");
            assertThat(psql(proxy, "bob", "").err()).contains("requires a valid client certificate");
        }
    }

    @Test
    void a_map_gives_it_other_roles_and_takes_its_own() {
        String map = ours.write("people.map", "cn:bob by_scram\n");
        try (TestProxy proxy = byCertificate(map)) {
            assertThat(psql(proxy, "by_scram", with("bob")).out()).isEqualTo("by_scram\n");
            assertThat(psql(proxy, "bob", with("bob")).err()).contains("may not be used for role \"bob\"");
        }
    }

    @Test
    void questions_about_roles_go_by_upstream_tls() {
        String password = "password='" + TestServer.PASSWORD + "'";
        String asks = ours.write("asks.txt", "ask\n");
        try (TestProxy trusting = proxy(
                "auth.mode", "terminate",
                "auth.query_user", "by_scram_asks",
                "auth.query_password_file", asks,
                "upstream_tls.mode", "verify-ca",
                "upstream_tls.ca", ours.ca())) {
            assertThat(psql(trusting, "by_scram", password).out()).isEqualTo("by_scram\n");
        }
        // Only with a certificate of ours does the server let alice in.
        try (TestProxy known = proxy(
                "auth.mode",
                "terminate",
                "auth.query_user",
                "alice",
                "upstream_tls.mode",
                "verify-ca",
                "upstream_tls.ca",
                ours.ca(),
                "upstream_tls.certificate",
                ours.path("alice.crt"),
                "upstream_tls.key",
                ours.path("alice.key"))) {
            assertThat(psql(known, "by_scram", password).out()).isEqualTo("by_scram\n");
        }
        try (TestProxy deceived = proxy(
                "auth.mode", "terminate",
                "auth.query_user", "by_scram_asks",
                "auth.query_password_file", asks,
                "upstream_tls.mode", "verify-ca",
                "upstream_tls.ca", others.ca())) {
            assertThat(psql(deceived, "by_scram", password).err())
                    .contains("cannot look up how roles authenticate now");
            assertThat(deceived.scrape()).contains("sallyport_logins_failed_total{reason=\"lookup\"} 1.0");
        }
    }
}
