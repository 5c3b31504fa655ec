package io.sallyport.proxy.admin;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many large bodies are being sent at a time, in all and of one address: who sends them is not known yet. Safe for use by many threads. */
final class ScriptSlots {
    static final int MOST = 8;
    static final int MOST_OF_ONE = 2;

    private final Map<InetAddress, Integer> taken = new HashMap<>();
    private int all;

    /** @return whether there was room */
    synchronized boolean take(InetAddress from) {
        int here = taken.getOrDefault(from, 0);
        if (all >= MOST || (here >= MOST_OF_ONE && !from.isLoopbackAddress())) {
            return false;
        }
        all++;
        taken.put(from, here + 1);
        return true;
    }

    synchronized void leave(InetAddress from) {
        all--;
        taken.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
    }
}
