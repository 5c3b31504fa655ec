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

    String of(Subject subject) {
        return switch (this) {
            case USER -> subject.user();
            case DATABASE -> subject.database();
            case APPLICATION -> subject.application();
        };
    }
}
