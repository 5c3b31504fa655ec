package io.sallyport.proxy.cli;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.ProxyServer;
import io.sallyport.proxy.admin.AdminServer;
import io.sallyport.proxy.admin.Readiness;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.metrics.ProxyMetrics;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The proxy with what surrounds it: metrics, audit, admin server. */
final class RunningProxy implements AutoCloseable {
    private final ProxyConfig config;
    private final ProxyServer proxy;
    private final @Nullable AdminServer admin;
    private final AuditLog audit;
    private final ProxyMetrics metrics;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private RunningProxy(
            ProxyConfig config, ProxyServer proxy, @Nullable AdminServer admin, AuditLog audit, ProxyMetrics metrics) {
        this.config = config;
        this.proxy = proxy;
        this.admin = admin;
        this.audit = audit;
        this.metrics = metrics;
    }

    /** All of it or nothing: what was started before a failure is closed again. */
    static RunningProxy start(ProxyConfig config, Supplier<Policy> policy) throws IOException {
        Started started = new Started();
        try {
            ProxyMetrics metrics = started.add(new ProxyMetrics());
            AuditLog audit = started.add(
                    AuditLog.open(config.audit().file(), config.audit().everyStatement()));
            ProxyServer proxy = started.add(ProxyServer.start(config, policy, metrics, audit));
            HostAndPort address = config.admin();
            AdminServer admin =
                    address == null ? null : AdminServer.start(address, () -> readiness(proxy), metrics::scrape);
            return new RunningProxy(config, proxy, admin, audit, metrics);
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
        proxy.drain(config.timeouts().drain());
        proxy.close();
        if (admin != null) {
            admin.close();
        }
        audit.close();
        metrics.close();
    }

    private static Readiness readiness(ProxyServer proxy) {
        return proxy.ready() ? Readiness.READY : new Readiness("draining");
    }
}
