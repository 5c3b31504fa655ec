package io.sallyport.proxy.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ProofRefused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a token of the issuer must claim to count here and now (OpenID Connect Core, section 3.1.3.7; RFC 9068). */
final class ClaimRules {
    /** By which clocks may differ. */
    static final Duration SKEW = Duration.ofSeconds(30);

    /** Who asked the issuer for the token, as issuers write it. */
    private static final List<String> ASKED_BY = List.of("azp", "client_id", "cid");

    private final String issuer;
    private final Clock clock;

    ClaimRules(String issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    void require(JWTClaimsSet claims, Recipient recipient) throws ProofRefused {
        times(claims);
        if (!issuer.equals(claims.getIssuer())) {
            throw refused(LoginFailure.TOKEN_AUDIENCE, "it is of another issuer (iss); expected " + issuer);
        }
        recipient(claims, recipient);
        String nonce = recipient.nonce();
        if (nonce != null && !same(nonce, claims.getClaim("nonce"))) {
            throw refused(LoginFailure.SIGN_IN, "it answers another sign-in (nonce)");
        }
        // A token of logging out; and one that somebody has to prove to hold a key for, which nobody did.
        if (claims.getClaim("events") != null || claims.getClaim("cnf") != null) {
            throw refused(LoginFailure.TOKEN, "expected a bearer's, without events and cnf");
        }
    }

    private void times(JWTClaimsSet claims) throws ProofRefused {
        Instant now = clock.instant();
        Instant expires = instant(claims.getExpirationTime());
        Instant issued = instant(claims.getIssueTime());
        Instant from = instant(claims.getNotBeforeTime());
        if (expires == null || issued == null) {
            throw refused(LoginFailure.TOKEN, "it does not say from when and until when it counts (iat, exp)");
        }
        if (!now.isBefore(expires.plus(SKEW))) {
            throw refused(LoginFailure.TOKEN_EXPIRED, "it expired at " + expires + ", and it is " + now);
        }
        Instant begins = from != null && from.isAfter(issued) ? from : issued;
        if (now.isBefore(begins.minus(SKEW))) {
            throw refused(LoginFailure.TOKEN_EXPIRED, "it counts from " + begins + " on, and it is " + now);
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static void recipient(JWTClaimsSet claims, Recipient recipient) throws ProofRefused {
        List<String> audience = claims.getAudience();
        if (!audience.contains(recipient.audience())) {
            throw refused(
                    LoginFailure.TOKEN_AUDIENCE, "it is for somebody else (aud); expected " + recipient.audience());
        }
        boolean said = false;
        for (String name : ASKED_BY) {
            Object client = claims.getClaim(name);
            said = said || client != null;
            if (client != null
                    && !(client instanceof String text && recipient.clients().contains(text))) {
                throw refused(
                        LoginFailure.TOKEN_AUDIENCE,
                        "another client asked for it (" + name + "); see oidc.client_id and oidc.clients");
            }
        }
        if (audience.size() > 1 && !said) {
            throw refused(
                    LoginFailure.TOKEN_AUDIENCE, "it is for several (aud), and does not say who asked for it (azp)");
        }
    }

    private static boolean same(String expected, @Nullable Object found) {
        return found instanceof String text
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    private static ProofRefused refused(LoginFailure reason, String why) {
        return new ProofRefused(reason, "the token is refused: " + why);
    }
}
