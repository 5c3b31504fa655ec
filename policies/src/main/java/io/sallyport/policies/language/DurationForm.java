package io.sallyport.policies.language;

import io.sallyport.policies.decision.DurationText;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Scalar;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A length of time within bounds. */
record DurationForm(Duration longest) {
    static final Map<String, Object> SCHEMA = Schemas.pattern("^\\s*[0-9]{1,6}\\s*[smhd]\\s*$");

    /** A requester waits for the whole of it, with a statement that hangs. */
    static final DurationForm DELAY = new DurationForm(Duration.ofHours(1));

    /** What was asked a day ago is not what somebody means now. */
    static final DurationForm EXPIRY = new DurationForm(Duration.ofHours(24));

    /** What was counted is kept in memory, and a restart forgets it. */
    static final DurationForm BUDGET = new DurationForm(Duration.ofHours(24));

    /** Of a backup, or of the last time that one was restored: ten years are as good as never. */
    static final DurationForm AGE = new DurationForm(Duration.ofDays(3_660));

    @Nullable
    Duration read(DocumentNode node, Words words) {
        String expected = "a duration from 1s to " + DurationText.of(longest) + " such as 30s, 10m or 1h";
        Scalar text = words.text(node, expected);
        Duration duration = text == null ? null : DurationText.parse(text.value());
        if (text != null && (duration == null || duration.isZero() || duration.compareTo(longest) > 0)) {
            words.problems().add(text, "expected " + expected + ", found " + text.described());
            return null;
        }
        return duration;
    }
}
