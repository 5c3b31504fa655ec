package io.sallyport.proxy.session;

import io.sallyport.policies.decision.Verdict;
import io.sallyport.proxy.gate.Ruling;
import java.time.Duration;

/** One wait that ends by itself, and ends once. */
final class Delay {
    private final Ruling.Delay ruling;
    private final long begunNanos = System.nanoTime();
    private boolean over;

    Delay(Ruling.Delay ruling) {
        this.ruling = ruling;
    }

    Ruling.Delay ruling() {
        return ruling;
    }

    Verdict verdict() {
        return ruling.verdict();
    }

    Duration span() {
        return ruling.verdict().terms().delay();
    }

    Duration waited() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    /** @return whether this call ended it */
    boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }
}
