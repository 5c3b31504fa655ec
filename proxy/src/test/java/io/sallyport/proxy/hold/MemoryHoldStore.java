package io.sallyport.proxy.hold;

import io.sallyport.proxy.store.StoreUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the control database does with one replica, without one; can be away. */
public final class MemoryHoldStore implements HoldStore {
    private final Map<HoldCode, HoldState> states = new ConcurrentHashMap<>();
    private final Map<HoldCode, Hold> holds = new ConcurrentHashMap<>();

    /** Whether every call fails. */
    public volatile boolean away;

    @Override
    public void opened(Hold hold) {
        states.put(hold.code(), HoldState.OPEN);
        holds.put(hold.code(), hold);
    }

    @Override
    public void ended(Hold hold) {
        states.put(hold.code(), hold.now());
    }

    private void answer() throws StoreUnavailable {
        if (away) {
            throw new StoreUnavailable("it is away", new IllegalStateException());
        }
    }

    @Override
    public HoldState state(Hold hold) throws StoreUnavailable {
        answer();
        return states.getOrDefault(hold.code(), HoldState.OPEN);
    }

    @Override
    public boolean replace(Hold hold, HoldState before, HoldState after) throws StoreUnavailable {
        answer();
        return states.replace(hold.code(), before, after);
    }

    @Override
    public boolean claim(Hold hold) throws StoreUnavailable {
        answer();
        return true;
    }

    @Override
    public Optional<StoredHold> find(HoldCode code) throws StoreUnavailable {
        answer();
        return history("", Integer.MAX_VALUE).stream()
                .filter(hold -> hold.code().equals(code))
                .findFirst();
    }

    @Override
    public List<StoredHold> history(String search, int most) throws StoreUnavailable {
        answer();
        return holds.values().stream()
                .filter(hold -> hold.now().resolution() != null)
                .map(hold -> new StoredHold(
                        hold.code(),
                        "here",
                        hold.request().remembered(),
                        hold.openedAt(),
                        hold.expiresAt(),
                        hold.now(),
                        hold.openedAt(),
                        hold.outcome()))
                .limit(most)
                .toList();
    }
}
