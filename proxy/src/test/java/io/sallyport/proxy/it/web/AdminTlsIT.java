package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.tls.TestCertificates;
import io.sallyport.proxy.tls.Authority;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The admin address with a certificate. */
@Timeout(60)
final class AdminTlsIT {
    @TempDir
    Path folder;

    @Test
    void sign_in_works_over_tls_with_a_secure_cookie_and_probes_stay_plain() throws Exception {
        TestCertificates certificates = new TestCertificates(folder, "authority");
        certificates.write("admin", certificates.issue("CN=localhost"));
        try (TestProxy proxy = TestProxy.start(
                TestServer.shared().port(),
                "built-in",
                Map.of(
                        "admin", "127.0.0.1:0",
                        "admin_tls.certificate", certificates.path("admin.crt"),
                        "admin_tls.key", certificates.path("admin.key")))) {
            Browser secure =
                    new Browser("https://localhost:" + proxy.adminPort(), Authority.of(Path.of(certificates.ca())));
            Browser.Answer signedIn = secure.signIn("by_scram", TestServer.PASSWORD);
            assertThat(signedIn.header("set-cookie"))
                    .startsWith("__Host-sallyport=")
                    .contains("; Secure");
            assertThat(secure.get("/api/v1/session").text("role")).isEqualTo("by_scram");
            assertThat(Browser.at(proxy.adminPort()).get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void a_certificate_that_is_changed_on_the_disk_is_shown_to_the_next_connection() throws Exception {
        TestCertificates old = new TestCertificates(folder, "old");
        TestCertificates young = new TestCertificates(folder, "young");
        old.write("admin", old.issue("CN=localhost"));
        try (TestProxy proxy = TestProxy.start(
                TestServer.shared().port(),
                "built-in",
                Map.of(
                        "admin", "127.0.0.1:0",
                        "admin_tls.certificate", old.path("admin.crt"),
                        "admin_tls.key", old.path("admin.key")))) {
            String address = "https://localhost:" + proxy.adminPort();
            assertThat(new Browser(address, Authority.of(Path.of(old.ca())))
                            .get("/healthz")
                            .status())
                    .isEqualTo(200);
            young.write("admin", young.issue("CN=localhost"));
            SSLContext trust = Authority.of(Path.of(young.ca()));
            await().ignoreExceptions()
                    .until(() -> new Browser(address, trust).get("/healthz").status() == 200);
        }
    }
}
