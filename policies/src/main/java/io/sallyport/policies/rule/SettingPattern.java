package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.GuardingSettings;
import io.sallyport.policies.analysis.SettingChange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Changes of configuration parameters. */
public sealed interface SettingPattern {
    /** What stands for {@link Guarding} in a policy. */
    String GUARDING = "guarding";

    boolean matches(SettingChange change);

    /**
     * A parameter, and what it is set to. What the text does not show counts as a match: RESET ALL and a name that is computed match every name, a
     * value that is not shown matches every value.
     *
     * @param value null for whatever value; compared without regard to case
     */
    record Named(Glob name, @Nullable Glob value) implements SettingPattern {
        @Override
        public boolean matches(SettingChange change) {
            boolean anyName = change.name().equals("*") || change.name().equals("?");
            return (anyName || name.matches(change.name()))
                    && (value == null
                            || change.value() == null
                            || value.matches(change.value().toLowerCase(Locale.ROOT)));
        }

        @Override
        public String toString() {
            return value == null ? name.pattern() : name.pattern() + " = " + value.pattern();
        }
    }

    /** The settings of docs/settings.md. RESET ALL is none: poolers send it, and it leads back to where the session began. */
    record Guarding() implements SettingPattern {
        @Override
        public boolean matches(SettingChange change) {
            return GuardingSettings.contains(change.name());
        }

        @Override
        public String toString() {
            return GUARDING;
        }
    }
}
