package io.sallyport.policies.rule;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a rule may ask about the session. */
public enum Attribute {
    USER,
    DATABASE,
    APPLICATION,
    CERTIFICATE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public @Nullable String of(Subject subject) {
        return switch (this) {
            case USER -> subject.user();
            case DATABASE -> subject.database();
            case APPLICATION -> subject.application();
            case CERTIFICATE -> subject.certificate();
        };
    }
}
