package io.sallyport.policies.document;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything that is wrong with a document, and everything that is surely not meant. */
public final class Problems {
    /** One thing that is wrong. */
    public record Problem(Position position, String message) {}

    /** More would tell nobody more; a file of nothing but mistakes must not fill the memory with them. */
    private static final int MOST = 200;

    /** Sets: a list that several rules name is wrong once. */
    private final Set<Problem> problems = new LinkedHashSet<>();

    private final Set<Problem> warnings = new LinkedHashSet<>();

    public void add(Position position, String message) {
        if (problems.size() < MOST) {
            problems.add(new Problem(position, message));
        }
    }

    public void add(DocumentNode node, String message) {
        add(node.position(), message);
    }

    public void warn(Position position, String message) {
        if (warnings.size() < MOST) {
            warnings.add(new Problem(position, message));
        }
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** By file, line and column. */
    public List<Problem> inOrder() {
        return sorted(problems);
    }

    public List<Problem> warningsInOrder() {
        return sorted(warnings);
    }

    private static List<Problem> sorted(Set<Problem> problems) {
        return problems.stream().sorted(Comparator.comparing(Problem::position)).toList();
    }
}
