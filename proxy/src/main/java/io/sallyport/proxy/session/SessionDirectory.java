package io.sallyport.proxy.session;

import io.sallyport.protocol.CancelKey;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All sessions of this process, and by the key that a CancelRequest names. Safe for use by many threads. */
public final class SessionDirectory {
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Map<CancelKey, Session> byKey = new ConcurrentHashMap<>();

    public void add(Session session) {
        sessions.add(session);
    }

    void keyed(CancelKey key, Session session) {
        byKey.put(key, session);
    }

    /** @param key null when the server gave none */
    void remove(Session session, @Nullable CancelKey key) {
        sessions.remove(session);
        if (key != null) {
            byKey.remove(key, session);
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
