package io.sallyport.proxy.webhook;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: the double each time, less a random part, so that many do not come back at once.
 *
 * @param first before the second attempt
 * @param most before any
 */
record Patience(Duration first, Duration most) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** @param attempts how many there were */
    Duration after(int attempts) {
        long doubled = first.toNanos() << Math.min(20, attempts - 1);
        long whole = Math.min(most.toNanos(), doubled);
        return Duration.ofNanos(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }
}
