package io.sallyport.proxy.admin;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Places for something that whoever connects can take before it is known who they are: so many in all, and of one address but loopback. Safe for use by many threads. */
final class AddressSlots {
    private final int most;
    private final int mostOfOne;
    private final Map<InetAddress, Integer> taken = new HashMap<>();
    private int all;

    AddressSlots(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** @return whether there was room */
    synchronized boolean take(InetAddress from) {
        int here = taken.getOrDefault(from, 0);
        if (all >= most || (here >= mostOfOne && !from.isLoopbackAddress())) {
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
