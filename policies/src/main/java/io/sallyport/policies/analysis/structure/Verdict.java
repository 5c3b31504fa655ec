package io.sallyport.policies.analysis.structure;

/** What a condition lets through. */
public enum Verdict {
    /** Every row, whatever is in it. */
    ALWAYS,
    /** Every row, when what is the same for all rows happens to be so: {@code $1}, {@code now() > '2000-01-01'}. */
    OPEN,
    /** Some rows, as far as the text tells. */
    DEPENDS;

    Verdict weaker(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Verdict stronger(Verdict other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
