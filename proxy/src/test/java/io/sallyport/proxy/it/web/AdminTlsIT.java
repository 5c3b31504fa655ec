package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.client.Authority;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.tls.TestCertificates;
import java.nio.file.Path;
import java.util.Map;
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
}
