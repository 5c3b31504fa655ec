package io.sallyport.proxy.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.sallyport.policies.approval.Identity;
import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ProofRefused;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.oidc.fakes.SigningKey;
import io.sallyport.proxy.oidc.fakes.TestIssuer;
import io.sallyport.proxy.session.fakes.ManualLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens count, and for whom. */
@Timeout(60)
class BearerTokenTest {
    private final ManualLoop time = new ManualLoop();
    private final TestIssuer issuer = new TestIssuer(time.clock());
    private Oidc oidc;

    @BeforeEach
    void opens() throws IOException {
        oidc = open("sub");
    }

    @AfterEach
    void stops() {
        issuer.close();
    }

    private Oidc open(String subjectClaim) throws IOException {
        OidcSettings defaults = OidcSettings.DEFAULTS;
        OidcSettings settings = new OidcSettings(
                issuer.url(),
                TestIssuer.AUDIENCE,
                Set.of("a-tool"),
                subjectClaim,
                defaults.nameClaim(),
                defaults.groupsClaim(),
                defaults.unmapped(),
                null,
                null);
        return Objects.requireNonNull(Oidc.open(settings, time.clock(), Duration.ofSeconds(2)));
    }

    private ProofRefused refused(String token) {
        return catchThrowableOfType(ProofRefused.class, () -> oidc.bearer(token));
    }

    private ProofRefused refusedWith(UnaryOperator<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = issuer.claims("alice", TestIssuer.AUDIENCE);
        return refused(issuer.key().sign(change.apply(claims).build()));
    }

    private Date in(long seconds) {
        return Date.from(time.clock().instant().plusSeconds(seconds));
    }

    @Test
    void a_token_proves_its_subject_and_what_it_belongs_to() throws ProofRefused {
        Proven alice = oidc.bearer(issuer.token("alice-1", "sre", "dba"));
        assertThat(alice.identity()).isEqualTo(new Identity(new OidcSubject(issuer.url(), "alice-1")));
        assertThat(alice.standing().claims()).containsExactlyInAnyOrder("sre", "dba");
        assertThat(alice.standing().user()).isNull();
        assertThat(alice.standing().memberOf()).isNull();
        assertThat(alice.name()).isEqualTo("oidc:alice-1");
    }

    @Test
    void every_asymmetric_algorithm_is_understood() throws ProofRefused {
        for (SigningKey key : List.of(
                SigningKey.rsa("1", 2048, JWSAlgorithm.RS512),
                SigningKey.rsa("2", 2048, JWSAlgorithm.PS256),
                SigningKey.rsa("3", 3072, JWSAlgorithm.PS384),
                SigningKey.curve("4", Curve.P_256, JWSAlgorithm.ES256),
                SigningKey.curve("5", Curve.P_384, JWSAlgorithm.ES384),
                SigningKey.curve("6", Curve.P_521, JWSAlgorithm.ES512),
                SigningKey.ed25519("7", JWSAlgorithm.EdDSA),
                SigningKey.ed25519("8", JWSAlgorithm.Ed25519))) {
            issuer.publish(key);
            time.skipTime(Issuer.BETWEEN_QUESTIONS);
            assertThat(oidc.bearer(issuer.token("alice")).name())
                    .as(key.algorithm().getName())
                    .isEqualTo("oidc:alice");
            String token = issuer.token("alice");
            int dot = token.lastIndexOf('.') + 5;
            String forged = token.substring(0, dot) + (token.charAt(dot) == 'A' ? 'B' : 'A') + token.substring(dot + 1);
            assertThat(refused(forged)).hasMessageContaining("signature is not the issuer's");
        }
    }

    @Test
    void an_unsigned_token_is_refused() {
        String token = new PlainJWT(issuer.claims("alice", TestIssuer.AUDIENCE).build()).serialize();
        assertThat(refused(token).reason()).isEqualTo(LoginFailure.TOKEN);
        String header =
                com.nimbusds.jose.util.Base64URL.encode("{\"alg\":\"none\"}").toString();
        assertThat(refused(header + token.substring(token.indexOf('.')) + "AA")).hasMessageContaining("no signed JWT");
    }

    @Test
    void the_public_key_is_no_shared_secret() throws Exception {
        byte[] known = issuer.key().jwk().toRSAKey().toRSAPublicKey().getEncoded();
        SigningKey forger = issuer.key().as(JWSAlgorithm.HS256, new MACSigner(known)::sign);
        assertThat(refused(
                        forger.sign(issuer.claims("alice", TestIssuer.AUDIENCE).build())))
                .hasMessageContaining("expected a signature by RS256");
    }

    @Test
    void another_key_under_the_issuers_key_id_signs_nothing() {
        SigningKey other =
                SigningKey.rsa(Objects.requireNonNull(issuer.key().jwk().getKeyID()));
        ProofRefused refused =
                refused(other.sign(issuer.claims("alice", TestIssuer.AUDIENCE).build()));
        assertThat(refused).hasMessageContaining("signature is not the issuer's");
    }

    @Test
    void a_key_that_can_be_factored_does_not_count() {
        issuer.publish(SigningKey.rsa("weak", 1024, JWSAlgorithm.RS256));
        assertThat(refused(issuer.token("alice"))).hasMessageContaining("signature is not the issuer's");
    }

    @Test
    void a_key_that_the_token_brings_along_does_not_count() {
        SigningKey own = SigningKey.rsa("own");
        String token = own.sign(
                own.header().jwk(own.jwk()).keyID(null).build(),
                issuer.claims("alice", TestIssuer.AUDIENCE).build());
        assertThat(refused(token)).hasMessageContaining("signature is not the issuer's");
    }

    @Test
    void another_issuers_token_is_refused() {
        for (String other : List.of("https://evil.example", issuer.url() + "/")) {
            assertThat(refusedWith(claims -> claims.issuer(other)).reason()).isEqualTo(LoginFailure.TOKEN_AUDIENCE);
        }
        assertThat(refusedWith(claims -> claims.issuer(null))).hasMessageContaining("(iss)");
    }

    @Test
    void a_token_for_somebody_else_is_refused() {
        assertThat(refusedWith(claims -> claims.audience("grafana"))).hasMessageContaining("(aud)");
        assertThat(refusedWith(claims -> claims.audience((String) null)).reason())
                .isEqualTo(LoginFailure.TOKEN_AUDIENCE);
    }

    @Test
    void a_token_that_another_client_asked_for_is_refused() throws ProofRefused {
        for (String claim : List.of("azp", "client_id", "cid")) {
            assertThat(refusedWith(claims -> claims.claim(claim, "grafana"))).hasMessageContaining("(" + claim + ")");
            assertThat(refusedWith(claims -> claims.claim(claim, List.of("a-tool"))))
                    .hasMessageContaining("(" + claim + ")");
        }
        assertThat(refusedWith(claims -> claims.audience(List.of(TestIssuer.AUDIENCE, "grafana"))))
                .hasMessageContaining("(azp)");
        oidc.bearer(issuer.key()
                .sign(issuer.claims("alice", TestIssuer.AUDIENCE)
                        .audience(List.of("grafana", TestIssuer.AUDIENCE))
                        .claim("azp", "a-tool")
                        .build()));
    }

    @Test
    void a_token_counts_in_its_time_only_give_or_take_half_a_minute() throws ProofRefused {
        assertThat(refusedWith(claims -> claims.expirationTime(in(-31))).reason())
                .isEqualTo(LoginFailure.TOKEN_EXPIRED);
        assertThat(refusedWith(claims -> claims.notBeforeTime(in(31))).reason()).isEqualTo(LoginFailure.TOKEN_EXPIRED);
        assertThat(refusedWith(claims -> claims.issueTime(in(31)))).hasMessageContaining("it counts from");
        oidc.bearer(issuer.key()
                .sign(issuer.claims("alice", TestIssuer.AUDIENCE)
                        .expirationTime(in(-29))
                        .notBeforeTime(in(29))
                        .issueTime(in(29))
                        .build()));
    }

    @Test
    void what_has_to_be_said_is_said() {
        assertThat(refusedWith(claims -> claims.expirationTime(null))).hasMessageContaining("(iat, exp)");
        assertThat(refusedWith(claims -> claims.issueTime(null))).hasMessageContaining("(iat, exp)");
        assertThat(refusedWith(claims -> claims.subject(null))).hasMessageContaining("expected sub");
        for (Object odd : List.of("", " ", "a\nb", "x".repeat(256), List.of("alice"))) {
            assertThat(refusedWith(claims -> claims.claim("sub", odd)).reason()).isEqualTo(LoginFailure.TOKEN);
        }
    }

    @Test
    void tokens_for_other_ends_are_refused() {
        JWTClaimsSet claims = issuer.claims("alice", TestIssuer.AUDIENCE).build();
        SigningKey key = issuer.key();
        assertThat(refused(key.sign(
                        key.header().type(new JOSEObjectType("logout+jwt")).build(), claims)))
                .hasMessageContaining("(typ)");
        assertThat(refused(key.sign(key.header().criticalParams(Set.of("exp")).build(), claims)))
                .hasMessageContaining("(crit)");
        assertThat(refusedWith(said -> said.claim("events", Map.of("logout", Map.of()))))
                .hasMessageContaining("events");
        assertThat(refusedWith(said -> said.claim("cnf", Map.of("jkt", "x")))).hasMessageContaining("cnf");
    }

    @Test
    void groups_are_a_list_of_texts_or_nothing() throws ProofRefused {
        assertThat(oidc.bearer(issuer.key()
                                .sign(issuer.claims("alice", TestIssuer.AUDIENCE)
                                        .build()))
                        .standing()
                        .claims())
                .isEmpty();
        assertThat(oidc.bearer(issuer.key()
                                .sign(issuer.claims("alice", TestIssuer.AUDIENCE)
                                        .claim("groups", "sre dba")
                                        .build()))
                        .standing()
                        .claims())
                .containsExactly("sre dba");
        for (Object wrong : List.of(7, true, Map.of("sre", true), List.of("sre", 7), List.of(List.of("sre")))) {
            assertThat(refusedWith(claims -> claims.claim("groups", wrong)))
                    .hasMessageContaining("expected a list of texts as groups");
        }
    }

    @Test
    void an_email_counts_only_once_the_issuer_has_verified_it() throws Exception {
        oidc = open("email");
        assertThat(refusedWith(claims -> claims.claim("email", "alice@example.com")))
                .hasMessageContaining("email_verified");
        assertThat(refusedWith(
                        claims -> claims.claim("email", "alice@example.com").claim("email_verified", "true")))
                .hasMessageContaining("email_verified");
        Proven alice = oidc.bearer(issuer.key()
                .sign(issuer.claims("1", TestIssuer.AUDIENCE)
                        .claim("email", "alice@example.com")
                        .claim("email_verified", true)
                        .build()));
        assertThat(Objects.requireNonNull(alice.identity().subject()).subject()).isEqualTo("alice@example.com");
    }

    @Test
    void a_chosen_name_never_stands_alone_and_cannot_name_a_second_person() throws ProofRefused {
        String token = issuer.key()
                .sign(issuer.claims("f81d", TestIssuer.AUDIENCE)
                        .claim("preferred_username", "bob), carol\u202e\n(x")
                        .build());
        assertThat(oidc.bearer(token).name()).isEqualTo("oidc:bob?? carol???x (f81d)");
        assertThat(Proven.role("oidc:f81d", null, null).name()).isEqualTo("\"oidc:f81d\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "eyJ.eyJ.sig", "=.=.=", "....."})
    void what_is_no_token_is_refused(String text) {
        assertThat(refused(text)).hasMessageContaining("no signed JWT");
    }

    @Test
    void a_signed_payload_that_is_no_set_of_claims_is_refused() {
        SigningKey key = issuer.key();
        for (String payload : List.of("[]", "1", "{\"exp\":\"soon\"}", "{\"a\":".repeat(2_000), "")) {
            assertThat(refused(key.sign(key.header().build(), payload)).reason())
                    .isEqualTo(LoginFailure.TOKEN);
        }
    }

    @Test
    void a_huge_token_is_not_even_read() {
        assertThat(refused(issuer.token("alice", "g".repeat(12 << 10)))).hasMessageContaining("at most 12288");
        assertThat(issuer.questions()).isZero();
    }
}
