package io.sallyport.proxy.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The leg to the server: both ways to begin TLS, whose certificate is believed, and what the server is told. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UpstreamTlsIT {
    private TestCertificates ours;
    private TestServer localhost;
    private TestServer elsewhere;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.NEVER) Path folder) {
        ours = new TestCertificates(folder, "ours");
        localhost = server(ours.issue("CN=server"));
        elsewhere = server(ours.issue("CN=localhost", "db.example.org"));
    }

    private static TestServer server(X509Bundle bundle) {
        return TestServer.startWithTls(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM(), "");
    }

    @AfterAll
    void stop() {
        localhost.close();
        elsewhere.close();
    }

    private TestProxy proxy(String host, int port, String mode, String negotiation) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "upstream", host + ":" + port,
                "upstream_tls.mode", mode,
                "upstream_tls.negotiation", negotiation));
        if (mode.startsWith("verify")) {
            settings.put("upstream_tls.ca", ours.ca());
        }
        return TestProxy.start(port, "built-in", settings);
    }

    /** What is said to somebody who does not come in. */
    private static List<ServerMessage> knock(TestProxy proxy) {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", "alice", "database", "postgres"));
            return client.readUntil(ServerMessage.END);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "direct"})
    void a_certificate_that_names_the_host_is_believed(String negotiation) {
        try (TestProxy proxy = proxy("localhost", localhost.port(), "verify-full", negotiation);
                WireClient client = proxy.login("alice", "postgres")) {
            assertThat(Rows.of(client.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")))
                    .containsExactly(List.of("t"));
        }
    }

    /** A subject's common name is no name of a host where the certificate lists names of hosts. */
    @ParameterizedTest
    @ValueSource(strings = {"postgres", "direct"})
    void a_certificate_of_another_host_is_believed_only_where_names_are_not_asked(String negotiation) {
        try (TestProxy proxy = proxy("localhost", elsewhere.port(), "verify-full", negotiation)) {
            assertThat(knock(proxy).get(0).field('M')).contains("cannot connect to the server", "TLS");
        }
        try (TestProxy proxy = proxy("localhost", elsewhere.port(), "verify-ca", negotiation);
                WireClient client = proxy.login("alice", "postgres")) {
            assertThat(client.query("SELECT 1")).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "direct"})
    void the_server_is_told_the_name_of_the_host_and_no_address(String negotiation) throws Exception {
        try (ListeningForNames listening = ListeningForNames.start(ours.issue("CN=server"))) {
            try (TestProxy proxy = proxy("localhost", listening.port(), "require", negotiation)) {
                knock(proxy);
                assertThat(listening.heard()).containsExactly("localhost");
            }
            try (TestProxy proxy = proxy("127.0.0.1", listening.port(), "require", negotiation)) {
                knock(proxy);
                assertThat(listening.heard()).containsExactly("localhost", "");
            }
        }
    }
}
