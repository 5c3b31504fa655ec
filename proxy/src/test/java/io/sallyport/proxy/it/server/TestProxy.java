package io.sallyport.proxy.it.server;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.AdminSide;
import io.sallyport.proxy.ProxyServer;
import io.sallyport.proxy.admin.Readiness;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.config.ConfigException;
import io.sallyport.proxy.config.ConfigReader;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.it.wire.WireClient;
import io.sallyport.proxy.metrics.ProxyMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A proxy on a free port in front of a test's server; its audit goes to a file of its own, unless a setting names one. */
public final class TestProxy implements AutoCloseable {
    private final ProxyServer proxy;
    private final @Nullable AdminSide admin;
    private final ProxyMetrics metrics;
    private final AuditLog audit;
    private final Path auditFile;
    private final boolean keepsAudit;

    private TestProxy(
            ProxyServer proxy,
            @Nullable AdminSide admin,
            ProxyMetrics metrics,
            AuditLog audit,
            Path auditFile,
            boolean keepsAudit) {
        this.proxy = proxy;
        this.admin = admin;
        this.metrics = metrics;
        this.audit = audit;
        this.auditFile = auditFile;
        this.keepsAudit = keepsAudit;
    }

    /** With the policy of that name, see {@link TestPolicies}. */
    public static TestProxy start(TestServer server, String policy) {
        return start(server.port(), policy, Map.of());
    }

    /** With settings as a command line would give them, such as {@code hold.expires} → {@code 2s}. */
    public static TestProxy start(int upstreamPort, String policy, Map<String, String> settings) {
        return start(upstreamPort, TestPolicies.named(policy), settings);
    }

    public static TestProxy start(int upstreamPort, Policy rules, Map<String, String> settings) {
        Map<String, String> options = new HashMap<>(settings);
        options.put("listen", "127.0.0.1:0");
        options.putIfAbsent("upstream", "127.0.0.1:" + upstreamPort);
        options.putIfAbsent("admin", "off");
        options.putIfAbsent("control.url", "jdbc:h2:mem:");
        // Every test logs in from one address: failed logins of one would slow those of all others.
        options.putIfAbsent("auth.failure_delay", "0");
        ProxyMetrics metrics = new ProxyMetrics();
        try {
            options.putIfAbsent(
                    "audit.file", Files.createTempFile("audit", ".jsonl").toString());
            Path auditFile = Path.of(options.get("audit.file"));
            ProxyConfig config = ConfigReader.read(null, Map.of(), options);
            AuditLog audit = AuditLog.open(config.audit());
            ProxyServer proxy = ProxyServer.start(config, () -> rules, metrics, audit);
            HostAndPort address = config.admin();
            AdminSide admin =
                    address == null ? null : AdminSide.start(address, config, proxy, () -> Readiness.READY, metrics);
            return new TestProxy(proxy, admin, metrics, audit, auditFile, settings.containsKey("audit.file"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    public int port() {
        return proxy.port();
    }

    /** Where the page is; it must have been asked for by the setting {@code admin}. */
    public int adminPort() {
        return Objects.requireNonNull(admin).port();
    }

    public int sessions() {
        return proxy.sessions();
    }

    public void drain(Duration deadline) {
        proxy.drain(deadline);
    }

    public WireClient login(String user, String database) {
        return WireClient.login(port(), user, database);
    }

    /** The metrics page. */
    public String scrape() {
        return metrics.scrape();
    }

    /** What has reached the audit file by now. */
    public List<String> audited() {
        try {
            return Files.readAllLines(auditFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
        proxy.close();
        audit.close();
        metrics.close();
        if (keepsAudit) {
            return;
        }
        try {
            Files.delete(auditFile);
            Files.deleteIfExists(auditFile.resolveSibling(auditFile.getFileName() + ".checkpoint"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
