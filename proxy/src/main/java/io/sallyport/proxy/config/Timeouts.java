package io.sallyport.proxy.config;

import java.time.Duration;

/**
 * How long the proxy waits for others.
 *
 * @param startup from a client's connection until the server has let it in
 * @param connect for the TCP connection to the server
 * @param drain for sessions to end by themselves when the proxy stops
 */
public record Timeouts(Duration startup, Duration connect, Duration drain) {
    public static final Timeouts DEFAULTS =
            new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30));
}
