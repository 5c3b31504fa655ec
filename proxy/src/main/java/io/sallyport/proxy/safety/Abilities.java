package io.sallyport.proxy.safety;

import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.proxy.config.SafetySettings;
import org.jspecify.annotations.Nullable;

/** Which nets a configuration has anything for. */
public final class Abilities {
    private Abilities() {}

    /** What to set so that the net can be there; null where it can. */
    public static @Nullable String missing(SafetyNet net, SafetySettings settings) {
        return switch (net) {
            case BACKUP_WITHIN -> settings.source() == SafetySettings.Source.NONE ? "safety.backup_source" : null;
            case RESTORE_TESTED_WITHIN ->
                settings.source() == SafetySettings.Source.JSON
                                || !settings.restoreTests().isEmpty()
                        ? null
                        : "safety.restore_test_location, or safety.backup_source: json";
            case RESTORE_POINT, KEEP_ROWS -> settings.user().isEmpty() ? "safety.user" : null;
        };
    }
}
