package io.sallyport.policies.document;

import java.util.List;

/** A part of a document. */
public sealed interface DocumentNode {
    Position position();

    /** What it is called in a message. */
    String described();

    /** A text, a number, a truth value; {@code quoted} makes any of them a text. */
    record Scalar(Position position, String value, boolean quoted) implements DocumentNode {
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
    }

    record Entry(Scalar key, DocumentNode value) {}
}
