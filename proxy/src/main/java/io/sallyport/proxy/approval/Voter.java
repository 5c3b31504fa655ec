package io.sallyport.proxy.approval;

import io.sallyport.policies.approval.Identity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who votes.
 *
 * @param role the login role, as the server authenticated it; SET ROLE does not change it
 * @param session the session the vote came through
 * @param certificate subject of the verified client certificate; null without one
 * @param memberOf every role that the login role is a member of, asked of the server for this vote; null where it was not asked
 */
public record Voter(
        String role,
        String session,
        @Nullable String certificate,
        @Nullable Set<String> memberOf) {
    public Voter {
        memberOf = memberOf == null ? null : Set.copyOf(memberOf);
    }

    public Voter(String role, String session) {
        this(role, session, null, null);
    }

    public Identity identity() {
        return new Identity(role, certificate);
    }
}
