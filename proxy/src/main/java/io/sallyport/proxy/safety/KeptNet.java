package io.sallyport.proxy.safety;

import io.sallyport.policies.decision.SafetyNet;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a safety net left behind, by which a batch can be undone. */
public sealed interface KeptNet permits RestorePoint, KeptRows {
    SafetyNet net();

    Instant at();

    /** In one line. */
    String told();

    /** Of the server, for a recovery; empty where it needs none. */
    Map<String, String> settings();

    /** The same as lines of postgresql.conf. */
    default List<String> lines() {
        return settings().entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + setting.getValue() + "'")
                .toList();
    }
}
