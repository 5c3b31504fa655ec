package io.sallyport.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** TLS on both legs: what failed, and whether the certificates in use are those on the disk. */
public final class TlsMetrics {
    private final Counter client;
    private final Counter server;
    private final Counter taken;
    private final Counter refused;
    private final AtomicLong upToDate = new AtomicLong(1);

    TlsMetrics(MeterRegistry registry) {
        client = failures(registry, "client");
        server = failures(registry, "server");
        taken = reloads(registry, "success");
        refused = reloads(registry, "failure");
        Gauge.builder("sallyport.tls.last.reload.successful", upToDate, AtomicLong::get)
                .description("1 while the certificates in use are those on the disk, 0 while these are refused")
                .register(registry);
    }

    public void clientHandshakeFailed() {
        client.increment();
    }

    public void serverHandshakeFailed() {
        server.increment();
    }

    public void reloaded(boolean success) {
        (success ? taken : refused).increment();
        upToDate.set(success ? 1 : 0);
    }

    private static Counter failures(MeterRegistry registry, String leg) {
        return Counter.builder("sallyport.tls.handshake.failures")
                .description("TLS that did not come about, by leg")
                .tag("leg", leg)
                .register(registry);
    }

    private static Counter reloads(MeterRegistry registry, String result) {
        return Counter.builder("sallyport.tls.reloads")
                .description("Changed certificates, keys and maps read while running, by result")
                .tag("result", result)
                .register(registry);
    }
}
