package io.sallyport.proxy.admin.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
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

    /** @return whether it may go on */
    synchronized boolean begin(String network, String user) {
        if (full("n:" + network) || full("u:" + user)) {
            return false;
        }
        of("n:" + network).addLast(clock.instant());
        of("u:" + user).addLast(clock.instant());
        return true;
    }

    synchronized void giveBack(String network, String user) {
        of("n:" + network).pollLast();
        of("u:" + user).pollLast();
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
