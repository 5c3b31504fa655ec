package io.sallyport.policies.decision;

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
 */
public record Terms(
        @Nullable String message, Duration delay, @Nullable Duration expires) {
    public static final Terms NONE = new Terms(null, Duration.ZERO, null);

    public static Terms message(@Nullable String message) {
        return message == null ? NONE : new Terms(message, Duration.ZERO, null);
    }

    String described() {
        List<String> parts = new ArrayList<>();
        if (!delay.isZero()) {
            parts.add("for " + DurationText.of(delay));
        }
        if (expires != null) {
            parts.add("expires after " + DurationText.of(expires));
        }
        if (message != null) {
            parts.add("says \"" + message.strip() + "\"");
        }
        return String.join("; ", parts);
    }
}
