package io.sallyport.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** Webhooks: what was told, and what was not. The label is a name of the configuration, so there are few. */
public final class WebhookMetrics {
    private final MeterRegistry registry;

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What one webhook counts. */
    public final class OfHook {
        private final Counter delivered;
        private final Counter failed;
        private final Counter dropped;
        private final Counter retried;

        private OfHook(String hook) {
            delivered = deliveries(hook, "delivered");
            failed = deliveries(hook, "failed");
            dropped = deliveries(hook, "dropped");
            retried = Counter.builder("sallyport.webhook.retries")
                    .description("Attempts to tell a webhook again")
                    .tag("hook", hook)
                    .register(registry);
        }

        public void delivered() {
            delivered.increment();
        }

        /** The receiver refused it, or did not take it in time. */
        public void failed() {
            failed.increment();
        }

        /** It was never tried: the queue was full, or the proxy stopped. */
        public void dropped() {
            dropped.increment();
        }

        public void retried() {
            retried.increment();
        }
    }

    /** @param queued how many wait now */
    public OfHook of(String hook, IntSupplier queued) {
        Gauge.builder("sallyport.webhook.queue", queued, IntSupplier::getAsInt)
                .description("Events that wait to be told to a webhook")
                .tag("hook", hook)
                .strongReference(true)
                .register(registry);
        return new OfHook(hook);
    }

    private Counter deliveries(String hook, String result) {
        return Counter.builder("sallyport.webhook.deliveries")
                .description("Events for a webhook, by what became of them")
                .tag("hook", hook)
                .tag("result", result)
                .register(registry);
    }
}
