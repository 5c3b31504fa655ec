package io.sallyport.policies.document;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a document, in the order of its lines. */
public final class Problems {
    /** One thing that is wrong. */
    public record Problem(Position position, String message) {}

    private final List<Problem> problems = new ArrayList<>();

    public void add(Position position, String message) {
        problems.add(new Problem(position, message));
    }

    public void add(DocumentNode node, String message) {
        add(node.position(), message);
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public List<Problem> inOrder() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort((a, b) -> a.position().line() != b.position().line()
                ? Integer.compare(a.position().line(), b.position().line())
                : Integer.compare(a.position().column(), b.position().column()));
        return sorted;
    }
}
