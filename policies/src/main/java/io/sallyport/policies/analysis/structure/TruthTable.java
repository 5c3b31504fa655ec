package io.sallyport.policies.analysis.structure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A formula tried with every combination of what its subjects may be. A subject that is compared with constants is tried at each of them and
 * between them: elsewhere it compares alike.
 */
final class TruthTable {
    private static final long MOST_STEPS = 1L << 23;

    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private final Formula formula;
    private int leaves;

    private static final class Subject {
        private final boolean varies;
        private int facts = 1;
        private final TreeSet<Constant> constants = new TreeSet<>();
        private List<Constant> sorted = List.of();
        private int value;

        Subject(boolean varies) {
            this.varies = varies;
        }

        int choices() {
            return constants.isEmpty() ? facts : 2 * constants.size() + 1;
        }

        /** Places alternate: below the first constant, at it, above it and below the next, … */
        int order(Constant constant) {
            return Integer.compare(value, 2 * Collections.binarySearch(sorted, constant) + 1);
        }
    }

    private TruthTable(Formula formula) {
        this.formula = formula;
    }

    /** {@link Verdict#DEPENDS} also for a formula with too many combinations. */
    static Verdict judge(Formula formula) {
        TruthTable table = new TruthTable(formula);
        table.collect(formula);
        return table.judge();
    }

    private Verdict judge() {
        List<Subject> same = new ArrayList<>();
        List<Subject> varying = new ArrayList<>();
        long steps = leaves;
        for (Subject subject : subjects.values()) {
            (subject.varies ? varying : same).add(subject);
            subject.sorted = List.copyOf(subject.constants);
            steps *= subject.choices();
            if (steps > MOST_STEPS) {
                return Verdict.DEPENDS;
            }
        }
        boolean once = false;
        boolean always = true;
        do {
            boolean holds = holdsForEveryRow(varying);
            once |= holds;
            always &= holds;
        } while (next(same));
        return always ? Verdict.ALWAYS : once ? Verdict.OPEN : Verdict.DEPENDS;
    }

    private boolean holdsForEveryRow(List<Subject> varying) {
        boolean holds = true;
        do {
            holds &= holds && value(formula);
        } while (next(varying));
        return holds;
    }

    /** Counts on; false when every combination was there and all are at their first value again. */
    private static boolean next(List<Subject> subjects) {
        for (Subject subject : subjects) {
            if (++subject.value < subject.choices()) {
                return true;
            }
            subject.value = 0;
        }
        return false;
    }

    private boolean value(Formula part) {
        if (part instanceof Truth truth) {
            return truth == Truth.TRUE;
        }
        if (part instanceof Formula.Fact fact) {
            return (fact.holding() & (1 << subject(fact.subject()).value)) != 0;
        }
        if (part instanceof Formula.Bound bound) {
            return bound.comparator().holds(subject(bound.subject()).order(bound.constant()));
        }
        if (part instanceof Formula.All all) {
            return all.parts().stream().allMatch(this::value);
        }
        return part instanceof Formula.Any any && any.parts().stream().anyMatch(this::value);
    }

    private Subject subject(String name) {
        @Nullable Subject subject = subjects.get(name);
        if (subject == null) {
            throw new IllegalStateException("a subject that was not collected");
        }
        return subject;
    }

    private void collect(Formula part) {
        if (part instanceof Formula.Fact fact) {
            Subject subject = subjects.computeIfAbsent(fact.subject(), name -> new Subject(fact.varies()));
            subject.facts = Math.max(subject.facts, fact.values());
            leaves++;
        } else if (part instanceof Formula.Bound bound) {
            subjects.computeIfAbsent(bound.subject(), name -> new Subject(bound.varies()))
                    .constants
                    .add(bound.constant());
            leaves++;
        } else if (part instanceof Formula.All all) {
            all.parts().forEach(this::collect);
        } else if (part instanceof Formula.Any any) {
            any.parts().forEach(this::collect);
        }
    }
}
