package io.sallyport.policies.decision;

import java.util.Locale;

/** Mildest first. */
public enum Decision {
    ALLOW,
    HOLD,
    DENY;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
