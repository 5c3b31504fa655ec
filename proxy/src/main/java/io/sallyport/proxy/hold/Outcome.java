package io.sallyport.proxy.hold;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server said of a batch that was released.
 *
 * @param sqlState of the error it ended with; null without one
 */
public record Outcome(List<String> commandTags, @Nullable String sqlState) {
    public Outcome {
        commandTags = List.copyOf(commandTags);
    }

    /** {@code DELETE 12}, or {@code ERROR 23503}. */
    public String text() {
        String tags = String.join(", ", commandTags);
        if (sqlState == null) {
            return tags.isEmpty() ? "no answer" : tags;
        }
        return (tags.isEmpty() ? "" : tags + ", ") + "ERROR " + sqlState;
    }
}
