package io.sallyport.proxy.approval;

import io.sallyport.policies.approval.Identity;
import io.sallyport.policies.approval.Standing;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who votes.
 *
 * @param session the session the vote came through
 */
public record Voter(Proven who, String session) {
    /**
     * A login role, as the server authenticated it; SET ROLE does not change it.
     *
     * @param certificate subject of the verified client certificate; null without one
     * @param memberOf every role that it is a member of, asked of the server for this vote; null where it was not asked
     */
    public Voter(String role, String session, @Nullable String certificate, @Nullable Set<String> memberOf) {
        this(Proven.role(role, certificate, memberOf), session);
    }

    public Voter(String role, String session) {
        this(role, session, null, null);
    }

    public Identity identity() {
        return who.identity();
    }

    /** For people to read. */
    public String name() {
        return who.name();
    }

    /** The personal access token that they came with; null where they logged in themselves. */
    public @Nullable String via() {
        return who.pass() == null ? null : who.pass().toString();
    }

    public Standing standing() {
        return who.standing();
    }
}
