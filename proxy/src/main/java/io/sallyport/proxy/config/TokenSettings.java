package io.sallyport.proxy.config;

import java.time.Duration;

/**
 * Approval tokens.
 *
 * @param expires how long a token stays good where its grant says nothing
 * @param longest the most that a grant may say
 * @param requestExpires how long a statement that was refused or held can be granted
 */
public record TokenSettings(Duration expires, Duration longest, Duration requestExpires) {
    public static final TokenSettings DEFAULTS =
            new TokenSettings(Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(24));
}
