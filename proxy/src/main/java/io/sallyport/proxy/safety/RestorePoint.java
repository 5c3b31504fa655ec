package io.sallyport.proxy.safety;

import io.sallyport.policies.decision.SafetyNet;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A named place in the server's WAL, from just before the batch.
 *
 * @param lsn where it is, as the server writes it
 * @param at when it was made, by the proxy's clock
 */
public record RestorePoint(String name, String lsn, Instant at) implements KeptNet {
    @Override
    public SafetyNet net() {
        return SafetyNet.RESTORE_POINT;
    }

    @Override
    public String told() {
        return "restore point " + name + " at " + lsn;
    }

    /** To be pasted into postgresql.conf of a restored backup (runtime-config-wal, Recovery Target). */
    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("recovery_target_name", name);
        settings.put("recovery_target_action", "pause");
        return settings;
    }
}
