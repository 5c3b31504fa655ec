package io.sallyport.proxy.hold;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latest holds that ended, in little memory. Safe for use by many threads. */
final class Ended {
    private static final int MOST = 1_000;

    private final Map<HoldCode, Hold> holds = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HoldCode, Hold> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(Hold hold) {
        holds.put(hold.code(), hold);
    }

    synchronized @Nullable Hold get(HoldCode code) {
        return holds.get(code);
    }

    /** The last one first. */
    synchronized List<Hold> all() {
        List<Hold> all = new ArrayList<>(holds.values());
        Collections.reverse(all);
        return all;
    }
}
