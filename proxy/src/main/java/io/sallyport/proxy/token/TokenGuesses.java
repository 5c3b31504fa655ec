package io.sallyport.proxy.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How many tokens that nobody granted a network may present before it is not listened to for a while. Safe for use by many threads. */
public final class TokenGuesses {
    private static final int MOST = 20;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final int MOST_NETWORKS = 10_000;

    private final Cache<String, AtomicInteger> failures = Caffeine.newBuilder()
            .maximumSize(MOST_NETWORKS)
            .expireAfterWrite(WITHIN)
            .executor(Runnable::run)
            .build();

    /** Whether the control database is asked at all. */
    public boolean admits(String network) {
        AtomicInteger count = failures.getIfPresent(network);
        return count == null || count.get() < MOST;
    }

    public void failed(String network) {
        failures.get(network, first -> new AtomicInteger()).incrementAndGet();
    }
}
