package io.sallyport.proxy.hold;

import io.sallyport.policies.approval.Identity;
import java.time.Instant;
import java.util.Set;

/**
 * An approval that counts.
 *
 * @param session the session it came through
 * @param reason what the voter said with it; empty without
 * @param counts for which of the hold's requirements, by their place
 */
public record Vote(Identity voter, String session, String reason, Set<Integer> counts, Instant at) {
    public Vote {
        counts = Set.copyOf(counts);
    }

    /** The login role. */
    public String role() {
        return voter.role();
    }
}
