package io.sallyport.proxy.policy;

import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.metrics.ProxyMetrics;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in log, metrics and audit what became of the policy file. */
public final class PolicyRecords implements PolicyObserver {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyRecords.class);

    private final ProxyMetrics metrics;
    private final AuditLog audit;
    private final Clock clock;

    public PolicyRecords(ProxyMetrics metrics, AuditLog audit, Clock clock) {
        this.metrics = metrics;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void loaded(LoadedPolicy policy) {
        metrics.policyLoaded(clock.instant());
        append(new AuditEvent.PolicyLoaded(clock.instant(), policy.file().toString(), policy.sha256()));
        policy.warnings().forEach(warning -> LOG.warn("policy: {}", warning));
        LOG.info("policy {} is in force, sha-256 {}", policy.file(), policy.sha256());
    }

    @Override
    public void refused(LoadedPolicy policy) {
        metrics.policyRefused();
        append(new AuditEvent.PolicyRefused(
                clock.instant(), policy.file().toString(), policy.sha256(), policy.messages()));
        LOG.error(
                "policy {} has {} problems; the one before stays in force",
                policy.file(),
                policy.problems().size());
        policy.messages().forEach(message -> LOG.error("policy: {}", message));
    }

    private void append(AuditEvent event) {
        if (!audit.append(event)) {
            metrics.auditFailed();
        }
    }
}
