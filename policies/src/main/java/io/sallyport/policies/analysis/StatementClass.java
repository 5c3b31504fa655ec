package io.sallyport.policies.analysis;

import java.util.Locale;

/** How much a statement can do, mildest first; a statement has the worst class of itself and of the writes inside. */
public enum StatementClass {
    READ,
    SESSION,
    MAINTENANCE,
    /** Adds and changes nothing that is there. */
    ADD,
    /** Changes definitions or privileges, destroys no data by itself. */
    ALTER,
    /** Runs something that the text does not show. */
    OPAQUE,
    DESTROY;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }

    public StatementClass worse(StatementClass other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
