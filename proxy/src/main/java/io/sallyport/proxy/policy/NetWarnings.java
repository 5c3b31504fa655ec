package io.sallyport.proxy.policy;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.safety.Abilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says so when a policy asks for safety nets that the configuration cannot make: what its rules hold is refused. */
public final class NetWarnings implements PolicyObserver {
    private static final Logger LOG = LoggerFactory.getLogger(NetWarnings.class);

    private final PolicyObserver next;
    private final SafetySettings settings;

    /** @param next hears everything too */
    public NetWarnings(PolicyObserver next, SafetySettings settings) {
        this.next = next;
        this.settings = settings;
    }

    @Override
    public void loaded(LoadedPolicy policy) {
        next.loaded(policy);
        Policy loaded = policy.policy();
        if (loaded == null) {
            return;
        }
        loaded.safetyNets().forEach((net, rule) -> {
            String missing = Abilities.missing(net, settings);
            if (missing != null) {
                LOG.warn(
                        "policy: rule \"{}\" asks for the safety net {}; until {} is set, what it would hold is refused",
                        rule,
                        net.label(),
                        missing);
            }
        });
    }

    @Override
    public void refused(LoadedPolicy policy) {
        next.refused(policy);
    }
}
