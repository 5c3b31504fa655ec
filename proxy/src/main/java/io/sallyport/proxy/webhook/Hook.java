package io.sallyport.proxy.webhook;

import io.sallyport.proxy.config.WebhookSettings;
import io.sallyport.proxy.metrics.WebhookMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One webhook at work: a queue, and a thread of its own that tells what is in it. */
final class Hook {
    static final int MOST_QUEUED = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Hook.class);

    private final WebhookSettings settings;
    private final Receiver receiver;
    private final String name;
    private final Patience patience;
    private final DeliveryQueue queue;
    private final WebhookMetrics.OfHook metrics;
    private final AtomicInteger droppedInARow = new AtomicInteger();
    private final Thread thread;

    Hook(WebhookSettings settings, Receivers.Opened opened, Patience patience, int mostQueued, WebhookMetrics metrics) {
        this.settings = settings;
        this.receiver = opened.receiver();
        this.name = settings.name() + " (" + opened.host() + ")";
        this.patience = patience;
        this.queue = new DeliveryQueue(mostQueued);
        this.metrics = metrics.of(settings.name(), queue::size);
        this.thread = new Thread(this::work, "webhook-" + settings.name());
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Never waits: what finds no room is dropped, and counted. */
    void offer(HoldNews news) {
        if (!settings.events().contains(news.event())) {
            return;
        }
        Delivery delivery = new Delivery(news);
        if (queue.offer(delivery)) {
            int dropped = droppedInARow.getAndSet(0);
            if (dropped > 0) {
                log.warn("webhook {}: takes events again; {} were dropped", name, dropped);
            }
        } else {
            metrics.dropped();
            if (droppedInARow.getAndIncrement() == 0) {
                log.error("webhook {}: the queue is full, {} is dropped, and what follows it", name, delivery);
            }
        }
    }

    private void work() {
        try {
            for (Delivery delivery = queue.next(); delivery != null; delivery = queue.next()) {
                deliver(delivery);
            }
        } catch (InterruptedException hurried) {
            // Who closes counts what is left.
        }
    }

    private void deliver(Delivery delivery) throws InterruptedException {
        int attempts = delivery.countAttempt();
        if (attempts > 1) {
            metrics.retried();
        }
        Outcome outcome = attempt(delivery);
        switch (outcome.kind()) {
            case TAKEN -> {
                queue.remove(delivery);
                metrics.delivered();
                log.debug("webhook {}: {} delivered, attempt {}", name, delivery, attempts);
            }
            case REFUSED -> giveUp(delivery, outcome, attempts);
            case AGAIN -> again(delivery, outcome, attempts);
        }
    }

    private Outcome attempt(Delivery delivery) throws InterruptedException {
        try {
            return receiver.tell(delivery);
        } catch (IOException unreachable) {
            return Outcome.again(Faults.text(unreachable));
        } catch (RuntimeException fault) {
            // Its message may hold what is secret; its kind and place do not.
            StackTraceElement[] at = fault.getStackTrace();
            return new Outcome(
                    Outcome.Kind.REFUSED,
                    fault.getClass().getSimpleName() + (at.length == 0 ? "" : " at " + at[0]),
                    null);
        }
    }

    private void again(Delivery delivery, Outcome outcome, int attempts) {
        Duration asked = outcome.pause();
        Duration wait = patience.after(attempts);
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        long spent = System.nanoTime() - delivery.queuedAt();
        if (queue.isClosing() || spent + wait.toNanos() > settings.retryFor().toNanos()) {
            giveUp(delivery, outcome, attempts);
            return;
        }
        if (attempts == 1) {
            log.warn("webhook {}: {}: {}; it is tried again", name, delivery, outcome.said());
        }
        if (asked != null) {
            queue.pause(asked.toNanos());
        }
        queue.postpone(delivery, wait.toNanos());
    }

    private void giveUp(Delivery delivery, Outcome outcome, int attempts) {
        queue.remove(delivery);
        metrics.failed();
        log.error("webhook {}: {} given up after {} attempts: {}", name, delivery, attempts, outcome.said());
    }

    /** Takes no more; what waits is tried once, at once. */
    void stop() {
        queue.close();
    }

    /** @param deadline by {@link System#nanoTime}: what is not told then is dropped */
    void finish(long deadline) {
        try {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        int left = queue.size();
        for (int i = 0; i < left; i++) {
            metrics.dropped();
        }
        if (left > 0) {
            log.error("webhook {}: {} events were not told before the end", name, left);
        }
    }
}
