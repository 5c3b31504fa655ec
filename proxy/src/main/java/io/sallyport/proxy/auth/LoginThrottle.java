package io.sallyport.proxy.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long the answer to a failed login is kept back: twice as long with every failure from the same address. */
public final class LoginThrottle {
    private static final int MOST_ADDRESSES = 10_000;
    private static final int MOST_PLACES = 1_000;
    private static final int MOST_DOUBLINGS = 5;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final Duration first;
    private final Clock clock;

    /** By address, the longest silent first: that one makes room for another. */
    private final Map<String, Failures> byAddress = new LinkedHashMap<>(64, 0.75f, true);

    /** Until when the places of those that hung up instead of waiting stay taken. */
    private final Map<String, Deque<Instant>> left = new LinkedHashMap<>(64, 0.75f, true);

    private record Failures(int count, Instant last) {}

    /** @param first the delay of the first failure; zero never delays. The longest is 32 times that. */
    public LoginThrottle(Duration first, Clock clock) {
        this.first = first;
        this.clock = clock;
    }

    /** Counts a failure from this `address:port`. */
    public synchronized Duration failed(String client) {
        String address = Networks.of(client);
        Instant now = clock.instant();
        Failures before = byAddress.get(address);
        int count = before == null || before.last().plus(FORGOTTEN_AFTER).isBefore(now)
                ? 0
                : Math.min(before.count() + 1, MOST_DOUBLINGS);
        byAddress.put(address, new Failures(count, now));
        makeRoom(byAddress);
        return delay(count);
    }

    private Duration delay(int count) {
        return first.multipliedBy(1L << count);
    }

    private static void makeRoom(Map<String, ?> map) {
        if (map.size() > MOST_ADDRESSES) {
            map.remove(map.keySet().iterator().next());
        }
    }

    /** The client whose answer was kept back did not wait for it. */
    public synchronized void hungUp(String client) {
        String address = Networks.of(client);
        Failures failures = byAddress.get(address);
        if (failures != null) {
            Deque<Instant> places = left.computeIfAbsent(address, first -> new ArrayDeque<>());
            places.addLast(failures.last().plus(delay(failures.count())));
            if (places.size() > MOST_PLACES) {
                places.removeFirst();
            }
            makeRoom(left);
        }
    }

    /** How many of this address hung up, and would still have to wait: they count as its connections. */
    public synchronized int waiting(String client) {
        String address = Networks.of(client);
        Deque<Instant> places = left.get(address);
        if (places == null) {
            return 0;
        }
        Instant now = clock.instant();
        places.removeIf(until -> !until.isAfter(now));
        if (places.isEmpty()) {
            left.remove(address);
        }
        return places.size();
    }

    synchronized int size() {
        return byAddress.size();
    }
}
