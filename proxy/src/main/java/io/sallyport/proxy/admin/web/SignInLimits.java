package io.sallyport.proxy.admin.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many sign-ins may fail, per network and per user. One is counted when it begins, so that many at once gain nothing, and given back when it
 * succeeds.
 */
final class SignInLimits {
    static final Duration WITHIN = Duration.ofMinutes(5);
    private static final int MOST_KEYS = 10_000;

    private final int most;
    private final Clock clock;
    private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>(64, 0.75f, true);

    SignInLimits(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /**
     * @param user empty where they do not say who they are
     * @return whether it may go on
     */
    synchronized boolean begin(String network, String user) {
        List<String> keys = keys(network, user);
        if (keys.stream().anyMatch(this::full)) {
            return false;
        }
        keys.forEach(key -> of(key).addLast(clock.instant()));
        return true;
    }

    synchronized void giveBack(String network, String user) {
        keys(network, user).forEach(key -> of(key).pollLast());
    }

    /** Whoever does not say who they are must not count for all others who do not. */
    private static List<String> keys(String network, String user) {
        return user.isEmpty() ? List.of("n:" + network) : List.of("n:" + network, "u:" + user);
    }

    private boolean full(String key) {
        Deque<Instant> times = of(key);
        Instant old = clock.instant().minus(WITHIN);
        while (!times.isEmpty() && times.getFirst().isBefore(old)) {
            times.removeFirst();
        }
        return times.size() >= most;
    }

    private Deque<Instant> of(String key) {
        Deque<Instant> times = failures.computeIfAbsent(key, unseen -> new ArrayDeque<>());
        if (failures.size() > MOST_KEYS) {
            failures.remove(failures.keySet().iterator().next());
        }
        return times;
    }
}
