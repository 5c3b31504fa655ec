package io.sallyport.policies.analysis.structure;

import org.jspecify.annotations.Nullable;

/** The comparisons of which we know what they mean. */
enum Comparator {
    EQUAL(false, true, false),
    UNEQUAL(true, false, true),
    LESS(true, false, false),
    AT_MOST(true, true, false),
    MORE(false, false, true),
    AT_LEAST(false, true, true);

    private final boolean below;
    private final boolean same;
    private final boolean above;

    Comparator(boolean below, boolean same, boolean above) {
        this.below = below;
        this.same = same;
        this.above = above;
    }

    static @Nullable Comparator of(String operator) {
        return switch (operator) {
            case "=" -> EQUAL;
            case "<>", "!=" -> UNEQUAL;
            case "<" -> LESS;
            case "<=" -> AT_MOST;
            case ">" -> MORE;
            case ">=" -> AT_LEAST;
            default -> null;
        };
    }

    boolean holds(int order) {
        return order < 0 ? below : order == 0 ? same : above;
    }

    /** As bits: less, equal, greater. */
    int mask() {
        return (below ? 1 : 0) | (same ? 2 : 0) | (above ? 4 : 0);
    }

    boolean ordering() {
        return below != above;
    }

    Comparator negated() {
        return switch (this) {
            case EQUAL -> UNEQUAL;
            case UNEQUAL -> EQUAL;
            case LESS -> AT_LEAST;
            case AT_LEAST -> LESS;
            case MORE -> AT_MOST;
            case AT_MOST -> MORE;
        };
    }

    /** With its sides exchanged. */
    Comparator turned() {
        return switch (this) {
            case LESS -> MORE;
            case MORE -> LESS;
            case AT_MOST -> AT_LEAST;
            case AT_LEAST -> AT_MOST;
            case EQUAL, UNEQUAL -> this;
        };
    }
}
