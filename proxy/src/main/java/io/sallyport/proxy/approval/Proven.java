package io.sallyport.proxy.approval;

import io.sallyport.policies.approval.Identity;
import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.policies.approval.Standing;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of whom it is proved who they are.
 *
 * @param name for people to read; decisions go by the identity alone
 * @param standing what groups of approvers tell them by
 * @param until when the proof itself ends; null where it does not say
 * @param pass the token that proved them; null where they logged in themselves
 */
public record Proven(
        Identity identity,
        String name,
        Standing standing,
        @Nullable Instant until,
        @Nullable AccessPass pass) {
    /** Begins the name of whoever an issuer vouches for, and no other. */
    private static final String OIDC = "oidc:";

    /** @param memberOf null where the server was not asked */
    public static Proven role(String role, @Nullable String certificate, @Nullable Set<String> memberOf) {
        // A role may be called anything: one that looks like a name from an issuer is quoted.
        String name = role.startsWith(OIDC) ? '"' + role + '"' : role;
        Set<String> roles = memberOf == null ? null : Set.copyOf(memberOf);
        return new Proven(new Identity(role, certificate), name, Standing.role(role, roles), null, null);
    }

    /** @param name without what others could be taken for: whoever chooses it may choose another's */
    public static Proven subject(OidcSubject subject, String name, Set<String> claims, @Nullable Instant until) {
        return new Proven(
                new Identity(subject), OIDC + name, new Standing(null, null, Set.copyOf(claims)), until, null);
    }

    /** The same, of whom nothing is known any more but who it is. */
    public Proven aged() {
        String role = identity.role();
        Standing unknown = role == null ? new Standing(null, null, null) : Standing.role(role, null);
        return new Proven(identity, name, unknown, until, pass);
    }

    /** The same, for whom a program acts. */
    public Proven by(AccessPass token, Instant expires) {
        return new Proven(identity, name, standing, expires, token);
    }
}
