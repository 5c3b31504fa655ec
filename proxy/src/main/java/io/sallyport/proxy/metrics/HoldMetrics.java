package io.sallyport.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Holds: how many wait now, how they ended, and after how long. */
final class HoldMetrics {
    private static final Set<String> OUTCOMES =
            Set.of("approved", "break_glass", "rejected", "expired", "withdrawn", "voided", "shutdown", "server_lost");
    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(30),
        Duration.ofHours(1)
    };

    private final MeterRegistry registry;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter opened;

    HoldMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("sallyport.holds.waiting", waiting, AtomicInteger::get)
                .description("Holds that wait for a second person now")
                .register(registry);
        opened = Counter.builder("sallyport.holds.opened")
                .description("Holds that began to wait")
                .register(registry);
    }

    void watchers(IntSupplier count) {
        Gauge.builder("sallyport.watchers", count, IntSupplier::getAsInt)
                .description("Sessions that are told of holds by SALLYPORT WATCH now")
                .strongReference(true)
                .register(registry);
    }

    void opened() {
        waiting.incrementAndGet();
        opened.increment();
    }

    void ended(String outcome, Duration waited) {
        waiting.decrementAndGet();
        Timer.builder("sallyport.hold.wait")
                .description("How long holds waited, by how they ended")
                .tag("outcome", OUTCOMES.contains(outcome) ? outcome : LabelledCounters.OTHER)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(waited);
    }
}
