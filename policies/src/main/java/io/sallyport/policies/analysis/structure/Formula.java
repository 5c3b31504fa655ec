package io.sallyport.policies.analysis.structure;

import java.util.ArrayList;
import java.util.List;

/**
 * A condition in negation normal form: AND and OR over statements about subjects. Two statements about one subject are known to depend on each
 * other, which is how {@code x < 5 OR x > 3} is seen to be everything. A subject that is NULL is left aside: whoever writes
 * {@code x = x} means every row.
 */
public sealed interface Formula permits Truth, Formula.Fact, Formula.Bound, Formula.All, Formula.Any {
    Formula not();

    /** What it lets through. */
    default Verdict judged() {
        return Tautology.judge(this);
    }

    /** With a value in place of every NULL that stands in it. */
    default Formula withNullAs(Truth value) {
        return this;
    }

    /** IS [NOT] TRUE and IS [NOT] FALSE. */
    default Formula tested(boolean wanted, boolean negated) {
        return Conditions.isTruth(this, wanted, negated);
    }

    /**
     * The subject has one of a few values: those whose bits are set.
     *
     * @param varies whether it may differ between the rows of the target
     */
    record Fact(String subject, int holding, int values, boolean varies) implements Formula {
        @Override
        public Formula not() {
            return new Fact(subject, ~holding & ((1 << values) - 1), values, varies);
        }
    }

    /** The subject compared with a constant. */
    record Bound(String subject, Comparator comparator, Constant constant, boolean varies) implements Formula {
        @Override
        public Formula not() {
            return new Bound(subject, comparator.negated(), constant, varies);
        }
    }

    record All(List<Formula> parts) implements Formula {
        @Override
        public Formula withNullAs(Truth value) {
            return all(parts.stream().map(part -> part.withNullAs(value)).toList());
        }

        @Override
        public Formula not() {
            return any(parts.stream().map(Formula::not).toList());
        }
    }

    record Any(List<Formula> parts) implements Formula {
        @Override
        public Formula withNullAs(Truth value) {
            return any(parts.stream().map(part -> part.withNullAs(value)).toList());
        }

        @Override
        public Formula not() {
            return all(parts.stream().map(Formula::not).toList());
        }
    }

    /** A condition of which nothing is known but its text. */
    static Formula opaque(String text, boolean varies) {
        return new Fact(text, 0b10, 2, varies);
    }

    static Formula known(boolean holds) {
        return holds ? Truth.TRUE : Truth.FALSE;
    }

    static Formula all(List<Formula> parts) {
        List<Formula> kept = new ArrayList<>();
        boolean isNull = false;
        for (Formula part : parts) {
            if (part.equals(Truth.FALSE)) {
                return Truth.FALSE;
            }
            isNull |= part.equals(Truth.NULL);
            if (part instanceof All inner) {
                kept.addAll(inner.parts());
            } else if (!(part instanceof Truth)) {
                kept.add(part);
            }
        }
        if (isNull) {
            kept.add(Truth.NULL);
        }
        return kept.isEmpty() ? Truth.TRUE : kept.size() == 1 ? kept.get(0) : new All(List.copyOf(kept));
    }

    static Formula any(List<Formula> parts) {
        List<Formula> kept = new ArrayList<>();
        boolean isNull = false;
        for (Formula part : parts) {
            if (part.equals(Truth.TRUE)) {
                return Truth.TRUE;
            }
            isNull |= part.equals(Truth.NULL);
            if (part instanceof Any inner) {
                kept.addAll(inner.parts());
            } else if (!(part instanceof Truth)) {
                kept.add(part);
            }
        }
        if (isNull) {
            kept.add(Truth.NULL);
        }
        return kept.isEmpty() ? Truth.FALSE : kept.size() == 1 ? kept.get(0) : new Any(List.copyOf(kept));
    }
}
