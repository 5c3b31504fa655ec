package io.sallyport.proxy.config;

import java.time.Duration;

/**
 * How a hold waits.
 *
 * @param expires after this long nobody has approved, and the requester gets an error
 * @param remindEvery how often the waiting requester gets another NOTICE
 * @param keepAliveEvery how often a waiting session's server-side idle timeouts are re-armed; zero turns it off
 */
public record HoldSettings(Duration expires, Duration remindEvery, Duration keepAliveEvery) {
    public static final HoldSettings DEFAULTS =
            new HoldSettings(Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofSeconds(5));
}
