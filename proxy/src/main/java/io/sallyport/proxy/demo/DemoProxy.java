package io.sallyport.proxy.demo;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.AdminSide;
import io.sallyport.proxy.ProxyServer;
import io.sallyport.proxy.admin.Readiness;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.config.AuditSettings;
import io.sallyport.proxy.config.ControlSettings;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.PageSettings;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.metrics.ProxyMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxy in this process, with a policy and an audit log of its own. */
final class DemoProxy implements AutoCloseable {
    private final ProxyServer proxy;
    private final @Nullable AdminSide admin;
    private final AuditLog audit;
    private final Path policyFile;
    private final Path auditFile;

    private DemoProxy(ProxyServer proxy, @Nullable AdminSide admin, AuditLog audit, Path policyFile, Path auditFile) {
        this.proxy = proxy;
        this.admin = admin;
        this.audit = audit;
        this.policyFile = policyFile;
        this.auditFile = auditFile;
    }

    /**
     * Listens on loopback at {@code port}, or at a free one when it is 0; its files lie in {@code folder}.
     *
     * @param pagePort where approvers find their page; null for nowhere
     */
    static DemoProxy start(Endpoint server, int port, @Nullable Integer pagePort, String policyText, Path folder)
            throws Exception {
        Path policyFile = Files.writeString(folder.resolve("policy.yaml"), policyText);
        Path auditFile = folder.resolve("audit.jsonl");
        Policy policy = DemoPolicy.read(policyText, policyFile.toString());
        AuditLog audit = AuditLog.open(auditFile, false);
        try {
            ProxyConfig config = config(server, port, pagePort, policyFile, auditFile, ServiceRole.settings(folder));
            ProxyMetrics metrics = new ProxyMetrics();
            ProxyServer proxy = ProxyServer.start(config, () -> policy, metrics, audit);
            return new DemoProxy(proxy, admin(config, proxy, metrics), audit, policyFile, auditFile);
        } catch (Exception e) {
            audit.close();
            throw e;
        }
    }

    private static @Nullable AdminSide admin(ProxyConfig config, ProxyServer proxy, ProxyMetrics metrics)
            throws IOException {
        HostAndPort address = config.admin();
        if (address == null) {
            return null;
        }
        try {
            return AdminSide.start(address, config, proxy, () -> Readiness.READY, metrics);
        } catch (IOException cannotListen) {
            proxy.close();
            throw cannotListen;
        }
    }

    private static ProxyConfig config(
            Endpoint server,
            int port,
            @Nullable Integer pagePort,
            Path policyFile,
            Path auditFile,
            SafetySettings safety) {
        ProxyConfig defaults = ProxyConfig.defaults(new HostAndPort(server.host(), server.port()));
        return new ProxyConfig(
                new HostAndPort("127.0.0.1", port),
                defaults.upstream(),
                pagePort == null ? null : new HostAndPort("127.0.0.1", pagePort),
                policyFile,
                "production",
                defaults.hold(),
                defaults.roles(),
                defaults.limits(),
                defaults.timeouts(),
                new AuditSettings(auditFile, false),
                defaults.loops(),
                defaults.policyReload(),
                defaults.connections(),
                defaults.auth(),
                defaults.tls(),
                page(pagePort),
                ControlSettings.IN_MEMORY,
                List.of(),
                defaults.oidc(),
                defaults.token(),
                defaults.access(),
                defaults.impact(),
                safety);
    }

    private static PageSettings page(@Nullable Integer port) {
        PageSettings defaults = PageSettings.DEFAULTS;
        String url = port == null || port == 0 ? "" : "http://127.0.0.1:" + port;
        return new PageSettings(true, url, SampleShop.DATABASE, defaults.idle(), defaults.longest());
    }

    /** Where the page is; empty without one. */
    String page() {
        return admin == null ? "" : "http://127.0.0.1:" + admin.port();
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", proxy.port());
    }

    Path policyFile() {
        return policyFile;
    }

    Path auditFile() {
        return auditFile;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
        proxy.close();
        audit.close();
    }
}
