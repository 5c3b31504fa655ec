package io.sallyport.policies.decision;

import io.sallyport.policies.approval.ApprovalTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says beside its decision.
 *
 * @param message what the rule's author wants the requester to read
 * @param delay how long a {@link Decision#DELAY} lasts; zero elsewhere
 * @param expires how long a hold or a confirmation stays good; null for the configured time
 * @param approval who has to agree to a {@link Decision#HOLD}, or to the token of a {@link Decision#DENY}; of no meaning elsewhere
 * @param token whether an approval token runs what a {@link Decision#DENY} refuses; of no meaning elsewhere
 * @param safety what is done before what was agreed to runs
 * @param rehearsal whether a {@link Decision#HOLD} is run and rolled back first; of no meaning elsewhere
 */
public record Terms(
        @Nullable String message,
        Duration delay,
        @Nullable Duration expires,
        ApprovalTerms approval,
        boolean token,
        SafetyTerms safety,
        Rehearsal rehearsal) {
    public static final Terms NONE = new Terms(null, Duration.ZERO, null);

    public Terms(@Nullable String message, Duration delay, @Nullable Duration expires) {
        this(message, delay, expires, ApprovalTerms.NONE, false, SafetyTerms.NONE, Rehearsal.NONE);
    }

    /** What meets both: for a batch that two rules hold, or refuse but for a token. */
    Terms and(Terms other) {
        return new Terms(
                message == null ? other.message : message,
                delay,
                shorter(expires, other.expires),
                approval.and(other.approval),
                token && other.token,
                safety.and(other.safety),
                rehearsal.and(other.rehearsal));
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    public static Terms message(@Nullable String message) {
        return message == null ? NONE : new Terms(message, Duration.ZERO, null);
    }

    String described() {
        List<String> parts = new ArrayList<>();
        if (!delay.isZero()) {
            parts.add("for " + DurationText.of(delay));
        }
        if (token) {
            parts.add("an approval token runs it");
        }
        parts.addAll(approval.described());
        if (rehearsal.asked()) {
            parts.add(rehearsal.described());
        }
        parts.addAll(safety.described());
        if (expires != null) {
            parts.add("expires after " + DurationText.of(expires));
        }
        if (message != null) {
            parts.add("says \"" + message.strip() + "\"");
        }
        return String.join("; ", parts);
    }
}
