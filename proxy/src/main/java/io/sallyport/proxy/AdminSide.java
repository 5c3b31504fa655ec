package io.sallyport.proxy;

import io.sallyport.proxy.admin.AdminServer;
import io.sallyport.proxy.admin.Readiness;
import io.sallyport.proxy.admin.web.ApprovalWeb;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.tls.AdminTls;
import io.sallyport.proxy.tls.Reloading;
import io.sallyport.proxy.tls.TlsProblem;
import io.sallyport.proxy.tls.TlsWatch;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The admin server of a proxy, with the page for approvers where it is wanted. */
public final class AdminSide implements AutoCloseable {
    private final AdminServer server;
    private final @Nullable ApprovalWeb web;
    private final TlsWatch watch;

    private AdminSide(AdminServer server, @Nullable ApprovalWeb web, TlsWatch watch) {
        this.server = server;
        this.web = web;
        this.watch = watch;
    }

    /** @throws IOException when the address cannot be listened on, or a file of TLS cannot be used */
    public static AdminSide start(
            HostAndPort address,
            ProxyConfig config,
            ProxyServer proxy,
            Supplier<Readiness> readiness,
            ProxyMetrics metrics)
            throws IOException {
        Reloading<AdminTls> tls = tls(config);
        ApprovalWeb web = config.page().enabled()
                ? new ApprovalWeb(
                        config.page(),
                        config.environment(),
                        tls != null,
                        proxy.desk(),
                        proxy.identity(),
                        Clock.systemUTC())
                : null;
        try {
            AdminServer server = AdminServer.start(address, readiness, metrics::scrape, web, tls);
            return new AdminSide(server, web, new TlsWatch(tls == null ? List.of() : List.of(tls), metrics.tls()));
        } catch (IOException cannotListen) {
            if (web != null) {
                web.close();
            }
            throw cannotListen;
        }
    }

    private static @Nullable Reloading<AdminTls> tls(ProxyConfig config) throws IOException {
        try {
            return AdminTls.start(config.tls().admin());
        } catch (TlsProblem problem) {
            throw new IOException(problem.getMessage(), problem);
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        watch.close();
        server.close();
        if (web != null) {
            web.close();
        }
    }
}
