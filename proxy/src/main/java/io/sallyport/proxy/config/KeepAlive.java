package io.sallyport.proxy.config;

import java.time.Duration;

/**
 * How a connection whose other end vanished without a word is noticed, on both legs (tcp(7)).
 *
 * @param idle silence before the first probe; zero leaves all three to the system
 * @param interval between probes
 * @param count unanswered probes that end the connection
 * @param unacknowledged how long sent bytes may stay unacknowledged; zero leaves it to the system
 */
public record KeepAlive(Duration idle, Duration interval, int count, Duration unacknowledged) {
    public static final KeepAlive DEFAULTS =
            new KeepAlive(Duration.ofSeconds(60), Duration.ofSeconds(10), 6, Duration.ZERO);
}
