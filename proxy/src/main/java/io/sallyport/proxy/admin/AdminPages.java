package io.sallyport.proxy.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.proxy.admin.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What probes and scrapers are served. */
final class AdminPages {
    private static final Logger LOG = LoggerFactory.getLogger(AdminPages.class);
    /** The version of Prometheus' text format that Micrometer writes. */
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final Set<String> PATHS = Set.of("/healthz", "/readyz", "/metrics");

    private final Supplier<Readiness> readiness;
    private final Supplier<String> metrics;

    AdminPages(Supplier<Readiness> readiness, Supplier<String> metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    static boolean serves(String path) {
        return PATHS.contains(path);
    }

    Reply answer(HttpMethod method, String path) {
        if (!serves(path)) {
            return Reply.error(HttpResponseStatus.NOT_FOUND, "there are /healthz, /readyz and /metrics");
        }
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            return Reply.error(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected GET or HEAD")
                    .with(HttpHeaderNames.ALLOW.toString(), "GET, HEAD");
        }
        try {
            return page(path);
        } catch (RuntimeException e) {
            LOG.error("{} cannot be answered", path, e);
            return Reply.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "see the log");
        }
    }

    private Reply page(String path) {
        return switch (path) {
            case "/readyz" -> readyz(readiness.get());
            case "/metrics" -> Reply.text(HttpResponseStatus.OK, PROMETHEUS_TEXT, metrics.get());
            default -> Reply.json(HttpResponseStatus.OK, Map.of("status", "ok"));
        };
    }

    private static Reply readyz(Readiness readiness) {
        String reason = readiness.notReadyBecause();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("status", reason == null ? "ready" : "not ready");
        if (reason != null) {
            fields.put("reason", reason);
        }
        if (readiness.degraded() != null) {
            fields.put("degraded", readiness.degraded());
        }
        return Reply.json(reason == null ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE, fields);
    }
}
