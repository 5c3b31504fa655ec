package io.sallyport.proxy.cli;

import io.sallyport.proxy.AdminSide;
import io.sallyport.proxy.ProxyServer;
import io.sallyport.proxy.Started;
import io.sallyport.proxy.admin.Readiness;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.policy.LoadedPolicy;
import io.sallyport.proxy.policy.NetWarnings;
import io.sallyport.proxy.policy.PolicyInForce;
import io.sallyport.proxy.policy.PolicyObserver;
import io.sallyport.proxy.policy.PolicyRecords;
import io.sallyport.proxy.policy.PolicyWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The proxy with what surrounds it: metrics, audit, admin server. */
final class RunningProxy implements AutoCloseable {
    private final ProxyConfig config;
    private final ProxyServer proxy;
    private final @Nullable AdminSide admin;
    private final @Nullable PolicyWatch watch;
    private final AuditLog audit;
    private final ProxyMetrics metrics;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private RunningProxy(
            ProxyConfig config,
            ProxyServer proxy,
            @Nullable AdminSide admin,
            @Nullable PolicyWatch watch,
            AuditLog audit,
            ProxyMetrics metrics) {
        this.config = config;
        this.proxy = proxy;
        this.admin = admin;
        this.watch = watch;
        this.audit = audit;
        this.metrics = metrics;
    }

    /**
     * All of it or nothing: what was started before a failure is closed again.
     *
     * @param policy what was read, without problems; null for the built-in policy
     */
    static RunningProxy start(ProxyConfig config, @Nullable LoadedPolicy policy) throws IOException {
        Started started = new Started();
        try {
            ProxyMetrics metrics = started.add(new ProxyMetrics());
            AuditLog audit = started.add(AuditLog.open(config.audit()));
            metrics.watchAudit(audit::age, audit::writable);
            PolicyInForce inForce = inForce(
                    policy, new NetWarnings(new PolicyRecords(metrics, audit, Clock.systemUTC()), config.safety()));
            ProxyServer proxy = started.add(ProxyServer.start(config, inForce, metrics, audit));
            HostAndPort address = config.admin();
            AdminSide admin = address == null
                    ? null
                    : started.add(AdminSide.start(address, config, proxy, () -> readiness(proxy, audit), metrics));
            PolicyWatch watch = watch(config, policy, inForce);
            return new RunningProxy(config, proxy, admin, watch, audit, metrics);
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    HostAndPort listen() {
        return new HostAndPort(config.listen().host(), proxy.port());
    }

    @Nullable
    HostAndPort admin() {
        HostAndPort address = config.admin();
        return admin == null || address == null ? null : new HostAndPort(address.host(), admin.port());
    }

    /** Lets sessions end by themselves for a while, meanwhile not ready; then everything ends. A second call does nothing. */
    @Override
    public void close() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        if (watch != null) {
            watch.close();
        }
        proxy.drain(config.timeouts().drain());
        proxy.close();
        if (admin != null) {
            admin.close();
        }
        audit.close();
        metrics.close();
    }

    private static PolicyInForce inForce(@Nullable LoadedPolicy policy, PolicyObserver observer) {
        return policy == null
                ? PolicyInForce.builtIn(observer)
                : new PolicyInForce(policy, Clock.systemUTC(), observer);
    }

    /** What comes from a pipe can be read once only. */
    private static @Nullable PolicyWatch watch(
            ProxyConfig config, @Nullable LoadedPolicy policy, PolicyInForce inForce) {
        if (policy == null || config.policyReload().isZero() || !Files.isRegularFile(policy.file())) {
            return null;
        }
        return PolicyWatch.start(policy, inForce, config.policyReload());
    }

    private static Readiness readiness(ProxyServer proxy, AuditLog audit) {
        if (!proxy.ready()) {
            return Readiness.not("draining");
        }
        if (!audit.writable()) {
            return Readiness.not("the audit cannot be written");
        }
        // Sessions go on without it, on every replica: none is better than another.
        return proxy.control().up()
                ? Readiness.READY
                : new Readiness(null, "the control database is away, nothing can be approved");
    }
}
