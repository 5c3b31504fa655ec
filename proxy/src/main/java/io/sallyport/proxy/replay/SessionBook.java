package io.sallyport.proxy.replay;

import io.sallyport.proxy.replay.log.Origin;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sessions that spoke last; older ones are forgotten, so that a log of any length fits. */
final class SessionBook {
    private static final int MOST = 10_000;

    private final Map<String, LoggedSession> sessions = new LinkedHashMap<>(16, 0.75f, true);
    private final LoggedSession nameless = new LoggedSession();
    private long seen;
    private boolean forgot;

    LoggedSession of(Origin origin) {
        if (origin.session().isEmpty()) {
            return nameless;
        }
        LoggedSession known = sessions.get(origin.session());
        if (known != null) {
            return known;
        }
        LoggedSession fresh = new LoggedSession();
        sessions.put(origin.session(), fresh);
        seen++;
        if (sessions.size() > MOST) {
            sessions.remove(sessions.keySet().iterator().next());
            forgot = true;
        }
        return fresh;
    }

    long seen() {
        return seen;
    }

    /** Whether a forgotten session may have been counted again. */
    boolean isEstimate() {
        return forgot;
    }
}
