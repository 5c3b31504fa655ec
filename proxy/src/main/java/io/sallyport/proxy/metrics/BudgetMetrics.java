package io.sallyport.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** Sums of rows that are kept for budgets. */
public final class BudgetMetrics {
    private final MeterRegistry registry;
    private final Counter lost;

    BudgetMetrics(MeterRegistry registry) {
        this.registry = registry;
        lost = Counter.builder("sallyport.budget.lost")
                .description("Times that there was no room for a sum of rows")
                .register(registry);
    }

    /** The count is of sums. */
    public void watch(IntSupplier count) {
        Gauge.builder("sallyport.budget.sums", count, IntSupplier::getAsInt)
                .description("Sums of rows that are kept for budgets")
                .strongReference(true)
                .register(registry);
    }

    /** Whose it was counts as over every budget for a while. */
    public void lost() {
        lost.increment();
    }
}
