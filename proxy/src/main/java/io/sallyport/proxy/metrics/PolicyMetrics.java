package io.sallyport.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The policy file: how often it was taken up or refused, and whether what is in force is what it says now. */
final class PolicyMetrics {
    private final AtomicLong loadedAt = new AtomicLong();
    private final AtomicLong upToDate = new AtomicLong(1);
    private final Counter taken;
    private final Counter refused;

    PolicyMetrics(MeterRegistry registry) {
        taken = counter(registry, "success");
        refused = counter(registry, "failure");
        Gauge.builder("sallyport.policy.last.reload.successful", upToDate, AtomicLong::get)
                .description("1 while the policy in force is what its file says, 0 while the file is refused")
                .register(registry);
        Gauge.builder("sallyport.policy.last.success.timestamp", loadedAt, AtomicLong::get)
                .baseUnit("seconds")
                .description("When the policy in force was read, in seconds since 1970; 0 for the built-in one")
                .register(registry);
    }

    void loaded(Instant at) {
        taken.increment();
        loadedAt.set(at.getEpochSecond());
        upToDate.set(1);
    }

    void refused() {
        refused.increment();
        upToDate.set(0);
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("sallyport.policy.reloads")
                .description("Policy files read, by result; the one at the start counts")
                .tag("result", result)
                .register(registry);
    }
}
