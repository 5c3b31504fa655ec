package io.sallyport.proxy.config;

import java.time.Duration;

/**
 * Personal access tokens.
 *
 * @param enabled whether they are made and taken
 * @param longest the most that one may last
 */
public record AccessSettings(boolean enabled, Duration longest) {
    public static final AccessSettings DEFAULTS = new AccessSettings(true, Duration.ofDays(30));
}
