package io.sallyport.proxy.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** The control database. */
final class ControlMetrics {
    private ControlMetrics() {}

    static void watch(MeterRegistry registry, BooleanSupplier up, IntSupplier unwritten, IntSupplier replicas) {
        Gauge.builder("sallyport.control.up", () -> up.getAsBoolean() ? 1 : 0)
                .description("1 while the control database answers")
                .register(registry);
        Gauge.builder("sallyport.control.unwritten", unwritten::getAsInt)
                .description("Holds that the control database does not know of as they are now")
                .register(registry);
        Gauge.builder("sallyport.control.replicas", replicas::getAsInt)
                .description("Proxies that use the control database, this one included")
                .register(registry);
    }
}
