package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.SettingChange;
import org.jspecify.annotations.Nullable;

/**
 * A configuration parameter, and what it is set to. What the text does not show counts as a match: RESET ALL and a name that is computed match every
 * name, a value that is not shown matches every value.
 *
 * @param value null for whatever value; compared without regard to case
 */
public record SettingPattern(Glob name, @Nullable Glob value) {
    boolean matches(SettingChange change) {
        boolean anyName = change.name().equals("*") || change.name().equals("?");
        return (anyName || name.matches(change.name()))
                && (value == null
                        || change.value() == null
                        || value.matches(change.value().toLowerCase(java.util.Locale.ROOT)));
    }

    @Override
    public String toString() {
        return value == null ? name.pattern() : name.pattern() + " = " + value.pattern();
    }
}
