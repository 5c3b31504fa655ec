package io.sallyport.proxy.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What one watcher has not been told yet: so many at most, of which the oldest go first. Safe for use by many threads. */
public final class EventQueue {
    private static final int MOST = 500;

    private final String role;
    private final Runnable later;
    private final Deque<WatchEvent> events = new ArrayDeque<>();
    private int lost;

    /** @param role whose session watches */
    EventQueue(String role, Runnable later) {
        this.role = role;
        this.later = later;
    }

    String role() {
        return role;
    }

    void offer(WatchEvent event) {
        boolean first;
        synchronized (this) {
            first = events.isEmpty();
            if (events.size() >= MOST) {
                events.remove();
                lost++;
            }
            events.add(event);
        }
        if (first) {
            later.run();
        }
    }

    /** Everything there is. */
    public synchronized List<WatchEvent> take() {
        List<WatchEvent> all = new ArrayList<>(events);
        events.clear();
        return all;
    }

    /** How many there was no room for since this was asked last. */
    public synchronized int lost() {
        int gone = lost;
        lost = 0;
        return gone;
    }
}
