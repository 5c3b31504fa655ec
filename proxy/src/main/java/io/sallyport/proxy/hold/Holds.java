package io.sallyport.proxy.hold;

import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All holds: those whose sessions wait here, those that wait at other replicas, and the latest that ended. What people
 * say of them is {@link Votes}' business. Safe for use by many threads.
 */
public final class Holds {
    private static final Logger log = LoggerFactory.getLogger(Holds.class);

    /** Beyond this many waiting holds a further one is refused. */
    private static final int MOST_WAITING = 10_000;

    private record Waiting(Hold hold, HoldListener listener) {}

    private final Map<HoldCode, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<HoldCode, Hold> elsewhere = new ConcurrentHashMap<>();
    private final Ended ended = new Ended();
    private final Clock clock;
    private final Duration expiry;
    private final HoldObserver observer;
    private final HoldStore store;

    public Holds(Clock clock, Duration expiry, HoldObserver observer, HoldStore store) {
        this.clock = clock;
        this.expiry = expiry;
        this.observer = observer;
        this.store = store;
    }

    /**
     * Opens a hold. The listener hears of its end once.
     *
     * @param expires after which it ends without approval; null for the configured time
     * @throws IllegalStateException when too many wait already: the caller refuses the batch
     */
    public Hold open(HoldRequest request, @Nullable Duration expires, HoldListener listener) {
        if (waiting.size() >= MOST_WAITING) {
            throw new IllegalStateException("too many statements are held already (" + MOST_WAITING + ")");
        }
        // As the control database keeps it, where code and time together tell one hold from another.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        while (true) {
            Hold hold = new Hold(HoldCode.random(), request, now, now.plus(expires == null ? expiry : expires));
            if (find(hold.code()).isEmpty() && waiting.putIfAbsent(hold.code(), new Waiting(hold, listener)) == null) {
                announce(hold);
                store.opened(hold);
                return hold;
            }
        }
    }

    private void announce(Hold hold) {
        try {
            observer.opened(hold);
        } catch (RuntimeException unrecorded) {
            waiting.remove(hold.code());
            throw unrecorded;
        }
    }

    /**
     * Ends a hold that waits here, by its session's own word; whoever comes first wins. Never blocks.
     *
     * @return whether this call ended it
     */
    public boolean resolve(Hold hold, Resolution resolution) {
        if (resolution.releases() && isOver(hold)) {
            return false;
        }
        if (!hold.resolve(resolution)) {
            return false;
        }
        store.ended(hold);
        ended(hold, resolution);
        return true;
    }

    /** As the store has it; null where it waits no more. */
    @Nullable
    HoldState current(Hold hold) throws StoreUnavailable {
        if (hold.resolution() != null || isOver(hold)) {
            return null;
        }
        HoldState stored = store.state(hold);
        if (stored.resolution() == null) {
            return stored;
        }
        learn(hold, stored);
        return null;
    }

    /** Whether its time is over; the timer may not have run yet. */
    private boolean isOver(Hold hold) {
        if (!clock.instant().isAfter(hold.expiresAt())) {
            return false;
        }
        if (isHere(hold)) {
            resolve(hold, new Resolution.Expired());
        }
        return true;
    }

    /** Whether its session waits at this replica. */
    public boolean isHere(Hold hold) {
        Waiting entry = waiting.get(hold.code());
        return entry != null && entry.hold == hold;
    }

    /**
     * Takes over what the store says of a hold, where that is news. Blocks.
     *
     * @throws StoreUnavailable when a release cannot be claimed: nothing runs then, yet
     */
    public void learn(Hold hold, HoldState stored) throws StoreUnavailable {
        Resolution how = stored.resolution();
        if (how != null && how.releases() && isHere(hold) && hold.resolution() == null) {
            if (!stored.sound(hold.request())) {
                log.error("hold {}: the control database says {}, its votes do not", hold.code(), how.label());
                resolve(hold, new Resolution.Voided("its approval does not add up"));
                return;
            }
            if (!store.claim(hold)) {
                return;
            }
        }
        take(hold, stored);
    }

    void take(Hold hold, HoldState stored) {
        HoldState before = hold.adopt(stored);
        Resolution how = stored.resolution();
        if (before != null && how != null) {
            ended(hold, how);
        } else if (before != null) {
            changed(hold, before);
        }
    }

    private void changed(Hold hold, HoldState before) {
        Waiting entry = waiting.get(hold.code());
        if (entry == null) {
            observer.changedElsewhere(hold);
            return;
        }
        try {
            observer.changed(hold);
        } finally {
            tellOfVotes(entry, before.votes(), hold.votes());
        }
    }

    private static void tellOfVotes(Waiting entry, List<Vote> before, List<Vote> after) {
        after.stream().filter(vote -> !before.contains(vote)).forEach(vote -> entry.listener.voted(entry.hold, vote));
        before.stream()
                .filter(vote -> !after.contains(vote))
                .forEach(vote -> entry.listener.voteWithdrawn(entry.hold, vote.name()));
    }

    private void ended(Hold hold, Resolution resolution) {
        ended.add(hold.remembered(clock.instant()));
        Waiting entry = waiting.remove(hold.code());
        if (entry == null) {
            elsewhere.remove(hold.code());
            observer.endedElsewhere(hold, resolution);
            return;
        }
        try {
            observer.ended(hold, resolution);
        } finally {
            entry.listener.resolved(hold, resolution);
        }
    }

    /** What the server said of a batch that was released here. Never blocks. */
    public void finished(Hold hold, Outcome outcome) {
        hold.finished(outcome);
        Hold remembered = ended.get(hold.code());
        if (remembered != null) {
            remembered.finished(outcome);
        }
        store.ended(hold);
    }

    /** A hold of another replica, as the store has it. Told again of one that is known, it takes over what is new. */
    public void elsewhere(StoredHold stored) throws StoreUnavailable {
        Hold known = elsewhere.get(stored.code());
        if (known != null) {
            learn(known, stored.state());
        } else if (stored.state().resolution() == null && !waiting.containsKey(stored.code())) {
            Hold hold = stored.hold();
            elsewhere.put(hold.code(), hold);
            observer.openedElsewhere(hold);
        }
    }

    /** It ended with its replica. */
    public void orphaned(StoredHold stored, Resolution resolution) {
        elsewhere.remove(stored.code());
        Hold hold = stored.hold();
        ended.add(hold);
        observer.orphaned(hold, resolution);
    }

    /** A hold that waits, here or elsewhere, or one of the latest that ended; of one elsewhere the text may be cut. */
    public Optional<Hold> find(HoldCode code) {
        Waiting entry = waiting.get(code);
        if (entry != null) {
            return Optional.of(entry.hold);
        }
        Hold other = elsewhere.get(code);
        return Optional.ofNullable(other == null ? ended.get(code) : other);
    }

    /** The whole of it, as the store has it unless it waits here. Blocks. */
    public Optional<Hold> read(HoldCode code) throws StoreUnavailable {
        Waiting entry = waiting.get(code);
        if (entry != null) {
            return Optional.of(entry.hold);
        }
        Hold over = elsewhere.containsKey(code) ? null : ended.get(code);
        if (over != null && over.outcome() != null) {
            return Optional.of(over);
        }
        Optional<StoredHold> stored = store.find(code);
        // What ended here a moment ago may not be written down yet.
        if (over != null
                && stored.filter(found -> found.state().resolution() != null).isEmpty()) {
            return Optional.of(over);
        }
        return stored.map(StoredHold::hold);
    }

    /** Those that ended, of every replica, the last one first. Blocks. */
    public List<Hold> history(String search, int most) throws StoreUnavailable {
        return store.history(search, most).stream().map(StoredHold::hold).toList();
    }

    /** Those that wait, the oldest first. */
    public List<Hold> waiting() {
        List<Hold> holds = new ArrayList<>(elsewhere.values());
        waiting.values().forEach(entry -> holds.add(entry.hold));
        holds.sort(Comparator.comparing(Hold::openedAt));
        return holds;
    }

    /** Those whose sessions wait at this replica. */
    public List<Hold> waitingHere() {
        return waiting.values().stream().map(Waiting::hold).toList();
    }

    /** The latest that ended, the last one first. */
    public List<Hold> ended() {
        return ended.all();
    }

    HoldStore store() {
        return store;
    }
}
