package io.sallyport.policies.approval;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether somebody is in a group of approvers. Of whoever an issuer vouches for no membership in a role is
 * known, ever; of a role there are no claims.
 *
 * @param user the login role; null without one
 * @param memberOf every role that it is a member of; null where the server was not asked: then no membership counts
 * @param claims what the issuer says they belong to; null where that is not known now: then none counts
 */
public record Standing(
        @Nullable String user,
        @Nullable Set<String> memberOf,
        @Nullable Set<String> claims) {
    /** A login role. */
    public static Standing role(String user, @Nullable Set<String> memberOf) {
        return new Standing(user, memberOf, Set.of());
    }
}
