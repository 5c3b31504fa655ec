package io.sallyport.proxy.session;

import io.sallyport.protocol.CancelKey;
import io.sallyport.proxy.auth.Networks;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All sessions of this process, and by the key that a CancelRequest names. Safe for use by many threads. */
public final class SessionDirectory {
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Map<CancelKey, Session> byKey = new ConcurrentHashMap<>();
    private final Map<Session, Seat> seats = new ConcurrentHashMap<>();
    private final Map<Session, String> networks = new ConcurrentHashMap<>();
    private final Map<String, Integer> perNetwork = new ConcurrentHashMap<>();
    private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();
    private final Map<String, Integer> perRole = new ConcurrentHashMap<>();

    /**
     * A session's place among those of its address and of its role.
     *
     * @param address of IPv6 the network: see {@link io.sallyport.proxy.auth.Networks}
     * @param ofAddress how many its address had when it came, itself included
     * @param ofRole how many its role had
     */
    record Seat(String address, String role, int ofAddress, int ofRole) {}

    /** @param client its `address:port` */
    void add(Session session, String client) {
        String network = Networks.of(client);
        sessions.add(session);
        networks.put(session, network);
        perNetwork.merge(network, 1, Integer::sum);
    }

    /** How many connections this network has open, whether or not they have said what they want. */
    public int open(String network) {
        return perNetwork.getOrDefault(network, 0);
    }

    /** Counts it from its start-up packet to its end, once. */
    Seat seat(Session session, String address, String role) {
        Seat seat = new Seat(
                address, role, perAddress.merge(address, 1, Integer::sum), perRole.merge(role, 1, Integer::sum));
        seats.put(session, seat);
        return seat;
    }

    private static void leave(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    void keyed(CancelKey key, Session session) {
        byKey.put(key, session);
    }

    void forgetKey(CancelKey key, Session session) {
        byKey.remove(key, session);
    }

    void remove(Session session) {
        sessions.remove(session);
        String network = networks.remove(session);
        if (network != null) {
            leave(perNetwork, network);
        }
        Seat seat = seats.remove(session);
        if (seat != null) {
            leave(perAddress, seat.address());
            leave(perRole, seat.role());
        }
    }

    public @Nullable Session find(CancelKey key) {
        return byKey.get(key);
    }

    public Collection<Session> all() {
        return sessions;
    }

    public int size() {
        return sessions.size();
    }
}
