package io.sallyport.proxy.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ProofRefused;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.oidc.fakes.SigningKey;
import io.sallyport.proxy.oidc.fakes.TestIssuer;
import io.sallyport.proxy.session.fakes.ManualLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys come and go, and so does the issuer. */
@Timeout(60)
class IssuerTest {
    private final ManualLoop time = new ManualLoop();
    private final TestIssuer issuer = new TestIssuer(time.clock());
    private Oidc oidc;

    @BeforeEach
    void opens() throws IOException {
        OidcSettings defaults = OidcSettings.DEFAULTS;
        OidcSettings settings = new OidcSettings(
                issuer.url(),
                TestIssuer.AUDIENCE,
                Set.of(),
                defaults.subjectClaim(),
                defaults.nameClaim(),
                defaults.groupsClaim(),
                defaults.unmapped(),
                null,
                null);
        oidc = Objects.requireNonNull(Oidc.open(settings, time.clock(), Duration.ofMillis(700)));
    }

    @AfterEach
    void stops() {
        issuer.close();
    }

    private void accepted() {
        try {
            assertThat(oidc.bearer(issuer.token("alice")).name()).isEqualTo("oidc:alice");
        } catch (ProofRefused refused) {
            throw new AssertionError(refused);
        }
    }

    private LoginFailure refused(String token) {
        return catchThrowableOfType(ProofRefused.class, () -> oidc.bearer(token))
                .reason();
    }

    @Test
    void a_new_key_counts_at_once_and_a_withdrawn_one_soon_no_more() {
        accepted();
        SigningKey old = issuer.key();
        issuer.rotate();
        time.skipTime(Issuer.BETWEEN_QUESTIONS);
        accepted();
        String withdrawn = old.sign(issuer.claims("alice", TestIssuer.AUDIENCE).build());
        assertThat(refused(withdrawn)).isEqualTo(LoginFailure.TOKEN);
    }

    @Test
    void a_withdrawn_key_is_forgotten_without_anybody_naming_a_new_one() {
        accepted();
        SigningKey old = issuer.key();
        issuer.rotate();
        String token = old.sign(issuer.claims("alice", TestIssuer.AUDIENCE)
                .expirationTime(java.util.Date.from(time.clock().instant().plusSeconds(900)))
                .build());
        time.skipTime(Issuer.FRESH);
        assertThat(refused(token)).isEqualTo(LoginFailure.TOKEN);
    }

    @Test
    void keys_are_asked_for_once_while_they_are_fresh() {
        for (int i = 0; i < 20; i++) {
            accepted();
        }
        assertThat(issuer.questions()).isEqualTo(1);
    }

    @Test
    void unknown_keys_however_many_make_few_questions() {
        accepted();
        time.skipTime(Issuer.BETWEEN_QUESTIONS);
        for (int i = 0; i < 50; i++) {
            SigningKey unknown = SigningKey.ed25519("k" + i, com.nimbusds.jose.JWSAlgorithm.EdDSA);
            assertThat(refused(unknown.sign(
                            issuer.claims("alice", TestIssuer.AUDIENCE).build())))
                    .isEqualTo(LoginFailure.TOKEN);
        }
        assertThat(issuer.questions()).isEqualTo(2);
        accepted();
    }

    @Test
    void while_the_issuer_is_away_known_keys_go_on_and_unknown_ones_do_not() {
        accepted();
        issuer.down(true);
        time.skipTime(Issuer.FRESH);
        accepted();
        assertThat(refused(SigningKey.rsa("new")
                        .sign(issuer.claims("alice", TestIssuer.AUDIENCE).build())))
                .isEqualTo(LoginFailure.TOKEN);
        time.skipTime(Issuer.KEPT);
        assertThat(refused(issuer.token("alice"))).isEqualTo(LoginFailure.ISSUER);
        issuer.down(false);
        time.skipTime(Issuer.BETWEEN_QUESTIONS);
        accepted();
    }

    @Test
    void an_issuer_that_was_away_at_the_start_is_asked_again() {
        issuer.down(true);
        oidc.getReady();
        assertThat(refused(issuer.token("alice"))).isEqualTo(LoginFailure.ISSUER);
        issuer.down(false);
        time.skipTime(Issuer.BETWEEN_QUESTIONS);
        accepted();
    }

    @Test
    void an_issuer_that_never_ends_its_answer_holds_nobody_for_long() {
        issuer.trickles();
        long begun = System.nanoTime();
        assertThat(refused(issuer.token("alice"))).isEqualTo(LoginFailure.ISSUER);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void an_answer_without_measure_is_refused() {
        issuer.padded(600 << 10);
        assertThat(refused(issuer.token("alice"))).isEqualTo(LoginFailure.ISSUER);
    }

    @Test
    void what_the_issuer_says_of_itself_must_be_its_own_and_secure() {
        for (List<String> wrong : List.of(
                List.of("issuer", "https://evil.example"),
                List.of("issuer", issuer.url() + "/"),
                List.of("jwks_uri", "http://keys.example/keys"),
                List.of("jwks_uri", "file:///etc/passwd"),
                List.of("jwks_uri", ""),
                List.of("token_endpoint", "http://192.0.2.1/token"))) {
            String right = wrong.get(0).equals("issuer") ? issuer.url() : issuer.url() + "/keys";
            issuer.says(wrong.get(0), wrong.get(1));
            time.skipTime(Issuer.BETWEEN_QUESTIONS);
            assertThat(refused(issuer.token("alice"))).as(wrong.toString()).isEqualTo(LoginFailure.ISSUER);
            issuer.says(wrong.get(0), right);
        }
        time.skipTime(Issuer.BETWEEN_QUESTIONS);
        accepted();
    }
}
