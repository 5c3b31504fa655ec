package io.sallyport.policies.analysis;

import java.util.Locale;

/** What keeps an UPDATE or DELETE from every row of its table. */
public enum Where {
    ABSENT,
    /** A condition stands there and holds back nothing, such as {@code 1 = 1}. */
    ALWAYS_TRUE,
    PRESENT;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
