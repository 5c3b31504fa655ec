package io.sallyport.proxy.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
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

/** Streams of TLS as they begin and end, by a client that does with them what it likes. */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsStreamIT {
    private static final byte[] FROM_192_0_2_7 = {
        13,
        10,
        13,
        10,
        0,
        13,
        10,
        'Q',
        'U',
        'I',
        'T',
        10,
        0x21,
        0x11,
        0,
        12,
        (byte) 192,
        0,
        2,
        7,
        127,
        0,
        0,
        1,
        1,
        1,
        1,
        1
    };

    private TestCertificates ours;
    private TestServer server;

    @BeforeAll
    void issue(@TempDir(cleanup = CleanupMode.NEVER) Path folder) {
        ours = new TestCertificates(folder, "ours");
        ours.write("proxy", ours.issue("CN=proxy"));
        var bundle = ours.issue("CN=server");
        server = TestServer.startWithTls(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM(), "");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private TestProxy proxy(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "tls.certificate", ours.path("proxy.crt"),
                "tls.key", ours.path("proxy.key"),
                "upstream_tls.mode", "require"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return TestProxy.start(server.port(), "built-in", settings);
    }

    private static SSLSocket direct(Socket plain, String version) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null, new TrustManager[] {InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0]}, null);
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"postgresql"});
        parameters.setProtocols(new String[] {version});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static Socket connect(TestProxy proxy) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static WireClient login(Socket socket) {
        WireClient client = WireClient.over(socket);
        client.login("alice", "postgres", "");
        return client;
    }

    @Test
    void both_versions_are_spoken_and_the_older_can_be_switched_off() throws Exception {
        try (TestProxy both = proxy();
                TestProxy newer = proxy("tls.min_version", "1.3")) {
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                try (WireClient client = login(direct(connect(both), version))) {
                    assertThat(Rows.of(client.query("SELECT 'in'"))).containsExactly(List.of("in"));
                }
            }
            try (WireClient client = login(direct(connect(newer), "TLSv1.3"))) {
                assertThat(Rows.of(client.query("SELECT 'in'"))).containsExactly(List.of("in"));
            }
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> direct(connect(newer), "TLSv1.2")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_header_of_a_balancer_stands_before_tls() throws Exception {
        try (TestProxy proxy = proxy("proxy_protocol", "v2", "proxy_protocol_from", "127.0.0.1")) {
            Socket plain = connect(proxy);
            plain.getOutputStream().write(FROM_192_0_2_7);
            try (WireClient client = login(direct(plain, "TLSv1.3"))) {
                client.send(Frontend.query("DELETE FROM pg_description"));
                assertThat(client.readUntil('N')).isNotEmpty();
                Awaitility.await().until(() -> proxy.audited().toString().contains("192.0.2.7"));
            }
        }
    }

    @Test
    void a_question_is_answered_though_the_stream_behind_it_ends() throws Exception {
        try (TestProxy proxy = proxy()) {
            Socket plain = connect(proxy);
            try (WireClient client = login(direct(plain, "TLSv1.3"))) {
                client.send(Frontend.query("SELECT pg_sleep(0.3), 'late'"));
                plain.shutdownOutput();
                assertThat(client.readUntil('Z').toString()).contains("late");
                assertThat(client.readUntil(ServerMessage.END)).isNotEmpty();
            }
            Awaitility.await().until(() -> proxy.sessions() == 0);
        }
    }

    @Test
    void the_end_of_the_stream_withdraws_a_hold() throws Exception {
        try (TestProxy proxy = proxy();
                WireClient other = proxy.login("bob", "postgres")) {
            SSLSocket socket = direct(connect(proxy), "TLSv1.3");
            WireClient client = login(socket);
            client.send(Frontend.query("DELETE FROM pg_description"));
            String code = Approver.code(client.readUntil('N').get(0));
            socket.shutdownOutput();
            Awaitility.await()
                    .until(() -> Rows.of(other.query("SALLYPORT HOLDS")).isEmpty());
            assertThat(other.query("SALLYPORT APPROVE " + code)).anyMatch(message -> message.type() == 'E');
            client.close();
        }
    }

    @Test
    void a_client_that_does_not_read_stops_the_server() throws Exception {
        try (TestProxy proxy = proxy()) {
            SSLSocket socket = direct(connect(proxy), "TLSv1.3");
            try (WireClient client = login(socket)) {
                client.send(Frontend.query("SELECT repeat('x', 1000) FROM generate_series(1, 300000)"));
                String asked =
                        "SELECT wait_event FROM pg_stat_activity WHERE query LIKE 'SELECT repeat%' AND wait_event = 'ClientWrite'";
                Awaitility.await().until(() -> !server.ask("postgres", asked).isEmpty());
                long rows = client.readUntil('Z').stream()
                        .filter(message -> message.type() == 'D')
                        .count();
                assertThat(rows).isEqualTo(300_000);
            }
        }
    }
}
