package io.sallyport.proxy.demo;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.ProxyServer;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.config.AuditSettings;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.metrics.ProxyMetrics;
import java.nio.file.Files;
import java.nio.file.Path;

/** The proxy in this process, with a policy and an audit log of its own. */
final class DemoProxy implements AutoCloseable {
    private final ProxyServer proxy;
    private final AuditLog audit;
    private final Path policyFile;
    private final Path auditFile;

    private DemoProxy(ProxyServer proxy, AuditLog audit, Path policyFile, Path auditFile) {
        this.proxy = proxy;
        this.audit = audit;
        this.policyFile = policyFile;
        this.auditFile = auditFile;
    }

    /** Listens on loopback at {@code port}, or at a free one when it is 0; its files lie in {@code folder}. */
    static DemoProxy start(Endpoint server, int port, String policyText, Path folder) throws Exception {
        Path policyFile = Files.writeString(folder.resolve("policy.yaml"), policyText);
        Path auditFile = folder.resolve("audit.jsonl");
        Policy policy = DemoPolicy.read(policyText, policyFile.toString());
        AuditLog audit = AuditLog.open(auditFile, false);
        try {
            ProxyConfig config = config(server, port, policyFile, auditFile);
            ProxyServer proxy = ProxyServer.start(config, () -> policy, new ProxyMetrics(), audit);
            return new DemoProxy(proxy, audit, policyFile, auditFile);
        } catch (Exception e) {
            audit.close();
            throw e;
        }
    }

    private static ProxyConfig config(Endpoint server, int port, Path policyFile, Path auditFile) {
        ProxyConfig defaults = ProxyConfig.defaults(new HostAndPort(server.host(), server.port()));
        return new ProxyConfig(
                new HostAndPort("127.0.0.1", port),
                defaults.upstream(),
                null,
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
                defaults.tls());
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
        proxy.close();
        audit.close();
    }
}
