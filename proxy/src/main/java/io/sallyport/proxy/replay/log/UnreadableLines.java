package io.sallyport.proxy.replay.log;

import java.util.ArrayList;
import java.util.List;

/** Counts what is no record, and remembers the first places. */
public final class UnreadableLines {
    private static final int KEPT = 5;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(Place place, String why) {
        count++;
        if (first.size() < KEPT) {
            first.add(place + ": " + why);
        }
    }

    public long count() {
        return count;
    }

    /** The first few, as {@code file:line: why}. */
    public List<String> first() {
        return List.copyOf(first);
    }
}
