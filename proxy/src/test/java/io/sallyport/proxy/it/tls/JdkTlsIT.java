package io.sallyport.proxy.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without OpenSSL, as on machines that it was not built for: a process of its own, for the choice is made once. */
@Timeout(120)
final class JdkTlsIT {
    private static final Pattern BANNER = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

    @TempDir(cleanup = CleanupMode.NEVER)
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "direct"})
    void both_legs_are_encrypted_by_the_jdk(String negotiation) throws Exception {
        TestCertificates ours = new TestCertificates(folder, "ours");
        ours.write("proxy", ours.issue("CN=proxy"));
        var bundle = ours.issue("CN=server");
        try (TestServer server =
                TestServer.startWithTls(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM(), "")) {
            Path log = folder.resolve("log");
            Process proxy = start(ours, server.port(), negotiation, log);
            try {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> BANNER.matcher(text(log)).find());
                assertThat(text(log)).contains("TLS by the JDK");
                Matcher banner = BANNER.matcher(text(log));
                assertThat(banner.find()).isTrue();
                int port = Integer.parseInt(banner.group(1));
                try (WireClient asked = TlsSockets.asked(port);
                        WireClient direct = WireClient.over(TlsSockets.direct(port))) {
                    for (WireClient client : List.of(asked, direct)) {
                        client.login("by_scram", "postgres", TestServer.PASSWORD);
                        assertThat(Rows.of(client.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")))
                                .containsExactly(List.of("t"));
                        assertThat(client.query("SELECT repeat('x', 1000) FROM generate_series(1, 5000)"))
                                .hasSize(5003);
                    }
                }
            } finally {
                proxy.destroy();
                assertThat(proxy.waitFor()).isNotNegative();
            }
        }
    }

    private static Process start(TestCertificates ours, int port, String negotiation, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dio.netty.handler.ssl.noOpenSsl=true",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "io.sallyport.proxy.cli.Main",
                "run",
                "--listen",
                "127.0.0.1:0",
                "--admin",
                "off",
                "--upstream",
                "localhost:" + port);
        builder.environment().put("SALLYPORT_LOG_FORMAT", "text");
        builder.environment().put("SALLYPORT_AUDIT_FILE", ours.path("audit.jsonl"));
        builder.environment().put("SALLYPORT_TIMEOUTS_DRAIN", "0");
        builder.environment().put("SALLYPORT_CONTROL_URL", "jdbc:h2:mem:");
        builder.environment().put("SALLYPORT_TLS_MODE", "require");
        builder.environment().put("SALLYPORT_TLS_CERTIFICATE", ours.path("proxy.crt"));
        builder.environment().put("SALLYPORT_TLS_KEY", ours.path("proxy.key"));
        builder.environment().put("SALLYPORT_UPSTREAM_TLS_MODE", "verify-full");
        builder.environment().put("SALLYPORT_UPSTREAM_TLS_CA", ours.ca());
        builder.environment().put("SALLYPORT_UPSTREAM_TLS_NEGOTIATION", negotiation);
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
