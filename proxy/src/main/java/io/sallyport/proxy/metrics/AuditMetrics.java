package io.sallyport.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether the audit keeps up. */
final class AuditMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final Counter failures;

    AuditMetrics(MeterRegistry registry) {
        this.registry = registry;
        failures = Counter.builder("sallyport.audit.failures")
                .description("Audit events that could not be recorded")
                .register(registry);
    }

    void failed() {
        failures.increment();
    }

    void watch(Supplier<Duration> age, BooleanSupplier writable) {
        Gauge.builder("sallyport.audit.lag", () -> age.get().toNanos() / NANOS_PER_SECOND)
                .baseUnit("seconds")
                .description("How long the oldest audit event that is not written waits")
                .register(registry);
        Gauge.builder("sallyport.audit.writable", () -> writable.getAsBoolean() ? 1 : 0)
                .description("1 while audit events can be written")
                .register(registry);
    }
}
