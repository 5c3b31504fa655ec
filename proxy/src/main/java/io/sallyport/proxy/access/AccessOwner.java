package io.sallyport.proxy.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For whom a token acts, as it was proved when the token was made.
 *
 * @param role login role
 * @param roleOid its oid at the server; null where nobody asks the server
 * @param certificate subject of the verified client certificate; null without one
 * @param memberOf what the role was a member of; null where the server is asked at every use
 */
public record AccessOwner(
        String role,
        @Nullable Long roleOid,
        @Nullable String certificate,
        @Nullable Set<String> memberOf) {
    public AccessOwner {
        memberOf = memberOf == null ? null : Set.copyOf(memberOf);
    }
}
