package io.sallyport.policies.analysis;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A configuration parameter that a statement changes.
 *
 * @param name in lower case, as PostgreSQL compares them; {@code *} for all of them (RESET ALL, DISCARD ALL), {@code ?} where the text does not
 *     show which
 * @param value as text; null for a reset to the default, and where the text does not show it
 */
public record SettingChange(String name, @Nullable String value, Scope scope) {
    /** For what, and for how long. */
    public enum Scope {
        TRANSACTION,
        SESSION,
        /** While the function runs that the setting is attached to. */
        ROUTINE,
        ROLE,
        DATABASE,
        SYSTEM;

        private final String label = name().toLowerCase(Locale.ROOT);

        public String label() {
            return label;
        }
    }
}
