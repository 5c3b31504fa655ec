package io.sallyport.proxy.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.pkitesting.X509Bundle;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ProofRefused;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.it.tls.TestCertificates;
import io.sallyport.proxy.oidc.fakes.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys come from the issuer alone, as its certificate proves. */
@Timeout(60)
class IssuerTlsTest {
    @TempDir
    Path folder;

    private static Oidc open(String issuer, @Nullable Path ca) throws IOException {
        OidcSettings defaults = OidcSettings.DEFAULTS;
        OidcSettings settings = new OidcSettings(
                issuer,
                TestIssuer.AUDIENCE,
                Set.of(),
                defaults.subjectClaim(),
                defaults.nameClaim(),
                defaults.groupsClaim(),
                defaults.unmapped(),
                null,
                ca);
        return Objects.requireNonNull(Oidc.open(settings, Clock.systemUTC()));
    }

    @Test
    void only_the_named_authority_vouches_for_the_issuer() throws Exception {
        TestCertificates certificates = new TestCertificates(folder, "authority");
        X509Bundle bundle = certificates.issue("CN=localhost");
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
        try (TestIssuer issuer = new TestIssuer(Clock.systemUTC(), tls)) {
            String token = issuer.token("alice");
            assertThat(open(issuer.url(), Path.of(certificates.ca()))
                            .bearer(token)
                            .name())
                    .isEqualTo("oidc:alice");
            Path other = Path.of(new TestCertificates(folder, "other").ca());
            for (Oidc trusting : new Oidc[] {open(issuer.url(), null), open(issuer.url(), other)}) {
                assertThat(catchThrowableOfType(ProofRefused.class, () -> trusting.bearer(token))
                                .reason())
                        .isEqualTo(LoginFailure.ISSUER);
            }
        }
    }

    @Test
    void a_file_that_cannot_be_used_is_named_at_the_start() throws IOException {
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> open("https://login.example", missing))
                .hasMessage("oidc.ca: " + missing + " does not exist");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> open("https://login.example", empty))
                .hasMessageContaining("oidc.ca: " + empty)
                .hasMessageContaining("no certificate");
    }
}
