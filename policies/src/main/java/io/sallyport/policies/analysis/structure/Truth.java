package io.sallyport.policies.analysis.structure;

/** The three values of a condition, each a formula of its own. */
public enum Truth implements Formula {
    TRUE,
    FALSE,
    /** Selects no row, and neither does its negation. */
    NULL;

    @Override
    public Formula withNullAs(Truth value) {
        return this == NULL ? value : this;
    }

    @Override
    public Formula not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case NULL -> NULL;
        };
    }
}
