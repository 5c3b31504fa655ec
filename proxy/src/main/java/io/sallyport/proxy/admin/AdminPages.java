package io.sallyport.proxy.admin;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is served at which path. */
final class AdminPages {
    private static final Logger LOG = LoggerFactory.getLogger(AdminPages.class);
    /** The version of Prometheus' text format that Micrometer writes. */
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<Readiness> readiness;
    private final Supplier<String> metrics;

    AdminPages(Supplier<Readiness> readiness, Supplier<String> metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    AdminPage answer(HttpMethod method, String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        if (!path.equals("/healthz") && !path.equals("/readyz") && !path.equals("/metrics")) {
            return AdminPage.error(HttpResponseStatus.NOT_FOUND, "there are /healthz, /readyz and /metrics");
        }
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            return AdminPage.error(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected GET or HEAD");
        }
        try {
            return page(path);
        } catch (RuntimeException e) {
            LOG.error("{} cannot be answered", path, e);
            return AdminPage.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "see the log");
        }
    }

    private AdminPage page(String path) {
        return switch (path) {
            case "/readyz" -> readyz(readiness.get());
            case "/metrics" -> new AdminPage(HttpResponseStatus.OK, PROMETHEUS_TEXT, metrics.get());
            default -> AdminPage.json(HttpResponseStatus.OK, "status", "ok");
        };
    }

    private static AdminPage readyz(Readiness readiness) {
        String reason = readiness.notReadyBecause();
        return reason == null
                ? AdminPage.json(HttpResponseStatus.OK, "status", "ready")
                : AdminPage.json(HttpResponseStatus.SERVICE_UNAVAILABLE, "status", "not ready", "reason", reason);
    }
}
