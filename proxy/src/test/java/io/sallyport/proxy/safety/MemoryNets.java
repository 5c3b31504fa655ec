package io.sallyport.proxy.safety;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what safety nets left behind for as long as the test. */
public final class MemoryNets implements NetStore {
    private final Map<HoldCode, List<KeptNet>> kept = new ConcurrentHashMap<>();

    /** Whether nothing can be kept or read. */
    public volatile boolean away;

    @Override
    public void keep(HoldCode code, KeptNet net) throws StoreUnavailable {
        check();
        kept.computeIfAbsent(code, unused -> new ArrayList<>()).add(net);
    }

    @Override
    public List<KeptNet> of(HoldCode code) throws StoreUnavailable {
        check();
        return List.copyOf(kept.getOrDefault(code, List.of()));
    }

    @Override
    public boolean change(HoldCode code, KeptRows from, KeptRows to) throws StoreUnavailable {
        check();
        List<KeptNet> nets = kept.getOrDefault(code, List.of());
        int place = nets.indexOf(from);
        if (place >= 0) {
            nets.set(place, to);
        }
        return place >= 0;
    }

    @Override
    public Map<KeptRows, HoldCode> rows() {
        return Map.of();
    }

    private void check() throws StoreUnavailable {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
    }
}
