package io.sallyport.policies.rule;

import java.util.Locale;

/** What a rule may ask about the session. */
public enum Attribute {
    USER,
    DATABASE,
    APPLICATION;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String of(Circumstances circumstances) {
        return switch (this) {
            case USER -> circumstances.user();
            case DATABASE -> circumstances.database();
            case APPLICATION -> circumstances.application();
        };
    }
}
