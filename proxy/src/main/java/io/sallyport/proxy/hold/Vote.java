package io.sallyport.proxy.hold;

import io.sallyport.policies.approval.Identity;
import java.time.Instant;
import java.util.Set;

/**
 * An approval that counts.
 *
 * @param name of the voter, for people to read
 * @param session the session it came through
 * @param reason what the voter said with it; empty without
 * @param counts for which of the hold's requirements, by their place
 */
public record Vote(Identity voter, String name, String session, String reason, Set<Integer> counts, Instant at) {
    public Vote {
        counts = Set.copyOf(counts);
    }
}
