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

    void add(Session session) {
        sessions.add(session);
    }

    void keyed(CancelKey key, Session session) {
        byKey.put(key, session);
    }

    void forgetKey(CancelKey key, Session session) {
        byKey.remove(key, session);
    }

    void remove(Session session) {
        sessions.remove(session);
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
