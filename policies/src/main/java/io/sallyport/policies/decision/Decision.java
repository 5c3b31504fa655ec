package io.sallyport.policies.decision;

import java.util.Locale;

/** Mildest first. */
public enum Decision {
    ALLOW,
    /** Runs after a while in which the requester can withdraw it. */
    DELAY,
    /** Runs once the requester has repeated the object's name. */
    CONFIRM,
    /** Runs once a second person has approved. */
    HOLD,
    DENY;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
