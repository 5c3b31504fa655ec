package io.sallyport.proxy.hold;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All holds of this process: those that wait, and the latest that ended. Safe for use by many threads. */
public final class Holds {
    /** Beyond this many waiting holds a further one is refused. */
    private static final int MOST_WAITING = 10_000;

    private static final int MOST_ENDED = 1_000;

    private record Waiting(Hold hold, HoldListener listener) {}

    private final Map<HoldCode, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<HoldCode, Hold> ended = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HoldCode, Hold> eldest) {
            return size() > MOST_ENDED;
        }
    };
    private final Clock clock;
    private final Duration expiry;
    private final HoldObserver observer;

    public Holds(Clock clock, Duration expiry, HoldObserver observer) {
        this.clock = clock;
        this.expiry = expiry;
        this.observer = observer;
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
        Instant now = clock.instant();
        while (true) {
            Hold hold = new Hold(HoldCode.random(), request, now, now.plus(expires == null ? expiry : expires));
            if (find(hold.code()).isEmpty() && waiting.putIfAbsent(hold.code(), new Waiting(hold, listener)) == null) {
                announce(hold);
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
     * Ends a hold; whoever comes first wins.
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
        ended(hold, resolution);
        return true;
    }

    /**
     * Counts an approval; the one that is still missing releases the hold.
     *
     * @param samePerson tells votes of the same person, which count once
     */
    public VoteResult vote(Hold hold, Vote vote, Predicate<Vote> samePerson) {
        if (isOver(hold)) {
            return VoteResult.OVER;
        }
        VoteResult result = hold.add(vote, samePerson);
        Resolution resolution = hold.resolution();
        if (result == VoteResult.RELEASED && resolution != null) {
            ended(hold, resolution);
        } else if (result == VoteResult.COUNTED) {
            changed(hold, listener -> listener.voted(hold, vote));
        }
        return result;
    }

    /** @return whether there was a vote of that person, and it still could be taken back */
    public boolean withdrawVote(Hold hold, Predicate<Vote> mine, String by) {
        boolean withdrawn = hold.remove(mine);
        if (withdrawn) {
            changed(hold, listener -> listener.voteWithdrawn(hold, by));
        }
        return withdrawn;
    }

    private boolean isOver(Hold hold) {
        if (clock.instant().isAfter(hold.expiresAt())) {
            // The timer has not run yet; time has.
            resolve(hold, new Resolution.Expired());
            return true;
        }
        return false;
    }

    private void changed(Hold hold, Consumer<HoldListener> told) {
        Waiting entry = waiting.get(hold.code());
        try {
            observer.changed(hold);
        } finally {
            if (entry != null) {
                told.accept(entry.listener);
            }
        }
    }

    private void ended(Hold hold, Resolution resolution) {
        synchronized (ended) {
            ended.put(hold.code(), hold.remembered(clock.instant()));
        }
        Waiting entry = waiting.remove(hold.code());
        try {
            observer.ended(hold, resolution);
        } finally {
            if (entry != null) {
                entry.listener.resolved(hold, resolution);
            }
        }
    }

    /** A hold that waits, or one of the latest that ended. */
    public Optional<Hold> find(HoldCode code) {
        Waiting entry = waiting.get(code);
        if (entry != null) {
            return Optional.of(entry.hold);
        }
        return Optional.ofNullable(endedHold(code));
    }

    /** Those that wait, the oldest first. */
    public List<Hold> waiting() {
        List<Hold> holds = new ArrayList<>();
        waiting.values().forEach(entry -> holds.add(entry.hold));
        holds.sort(Comparator.comparing(Hold::openedAt));
        return holds;
    }

    /** The latest that ended, the last one first. */
    public List<Hold> ended() {
        List<Hold> holds;
        synchronized (ended) {
            holds = new ArrayList<>(ended.values());
        }
        Collections.reverse(holds);
        return holds;
    }

    private @Nullable Hold endedHold(HoldCode code) {
        synchronized (ended) {
            return ended.get(code);
        }
    }
}
