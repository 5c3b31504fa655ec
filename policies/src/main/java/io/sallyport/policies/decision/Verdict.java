package io.sallyport.policies.decision;

import org.jspecify.annotations.Nullable;

/**
 * A decision and the rule that took it.
 *
 * @param message what the rule's author wants the requester to read
 */
public record Verdict(
        Decision decision, String rule, @Nullable String message) {
    /** The stricter one; this one when they are alike. */
    public Verdict strictest(Verdict other) {
        return other.decision.compareTo(decision) > 0 ? other : this;
    }
}
