package io.sallyport.policies.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a document. */
public sealed interface DocumentNode {
    Position position();

    /** What it is called in a message. */
    String described();

    /**
     * A text, a number, a truth value.
     *
     * @param quoted makes any of them a text
     * @param verbatim where the value begins when every line of it stands in the file as it is, all indented alike; null when folding or escapes
     *     changed it
     */
    record Scalar(
            Position position,
            String value,
            boolean quoted,
            @Nullable Position verbatim) implements DocumentNode {
        @Override
        public String described() {
            return value.isEmpty() && !quoted ? "nothing" : "'" + value + "'";
        }
    }

    record Sequence(Position position, List<DocumentNode> items) implements DocumentNode {
        @Override
        public String described() {
            return "a list";
        }
    }

    record Mapping(Position position, List<Entry> entries) implements DocumentNode {
        @Override
        public String described() {
            return "a mapping";
        }

        /** What stands behind the key, or null. */
        public @Nullable DocumentNode get(String key) {
            for (Entry entry : entries) {
                if (entry.key().value().equals(key)) {
                    return entry.value();
                }
            }
            return null;
        }
    }

    record Entry(Scalar key, DocumentNode value) {}
}
