package io.sallyport.proxy.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ProofRefused;
import io.sallyport.proxy.config.OidcSettings;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who a token is about. */
final class ClaimReader {
    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_SHOWN = 64;

    private final OidcSettings settings;

    ClaimReader(OidcSettings settings) {
        this.settings = settings;
    }

    Proven person(JWTClaimsSet claims) throws ProofRefused {
        String subject = subject(claims);
        return Proven.subject(
                new OidcSubject(settings.issuer(), subject), shown(claims, subject), groups(claims), until(claims));
    }

    private static @Nullable Instant until(JWTClaimsSet claims) {
        Date expires = claims.getExpirationTime();
        return expires == null ? null : expires.toInstant().plus(ClaimRules.SKEW);
    }

    private String subject(JWTClaimsSet claims) throws ProofRefused {
        String name = settings.subjectClaim();
        if (!(claims.getClaim(name) instanceof String text)
                || text.isBlank()
                || text.length() > LONGEST_SUBJECT
                || text.chars().anyMatch(Character::isISOControl)) {
            throw refused("it does not say who it is: expected " + name + ", a text of at most 255 characters");
        }
        // Whoever may write any address into their profile would be whoever has it.
        if (name.equals("email") && !Boolean.TRUE.equals(claims.getClaim("email_verified"))) {
            throw refused("the issuer has not verified its email (email_verified)");
        }
        return text;
    }

    /** What people may choose themselves never stands alone, nor with letters that would look like a second name. */
    private String shown(JWTClaimsSet claims, String subject) {
        String id = readable(subject);
        if (claims.getClaim(settings.nameClaim()) instanceof String name && !name.isBlank() && !name.equals(subject)) {
            return readable(name) + " (" + id + ")";
        }
        return id;
    }

    private static String readable(String text) {
        String plain = text.strip().replaceAll("[^\\p{L}\\p{N} ._@+|/:=-]", "?");
        return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN - 1) + "…";
    }

    /** None where the token has no such claim. */
    private Set<String> groups(JWTClaimsSet claims) throws ProofRefused {
        Object claim = claims.getClaim(settings.groupsClaim());
        if (claim == null) {
            return Set.of();
        } else if (claim instanceof String one) {
            return Set.of(one);
        }
        Set<String> groups = new HashSet<>();
        for (Object group : claim instanceof List<?> list ? list : List.of(claim)) {
            if (!(group instanceof String text)) {
                throw refused("expected a list of texts as " + settings.groupsClaim());
            }
            groups.add(text);
        }
        return groups;
    }

    private static ProofRefused refused(String why) {
        return new ProofRefused(LoginFailure.TOKEN, "the token is refused: " + why);
    }
}
