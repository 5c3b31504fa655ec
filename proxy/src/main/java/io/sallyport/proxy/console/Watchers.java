package io.sallyport.proxy.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.token.TokenRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions that watch holds, of this replica and of others. Whoever opens, votes or resolves waits for none of them. */
public final class Watchers implements HoldObserver {
    /** How many sessions of one proxy can watch at a time: each of them is told of each event. */
    public static final int MOST = 100;

    /** Of one login role. */
    public static final int MOST_OF_ONE = 20;

    private static final Logger log = LoggerFactory.getLogger(Watchers.class);
    private static final int MOST_COUNTED = 10_000;

    private final Clock clock;
    private final List<EventQueue> queues = new CopyOnWriteArrayList<>();

    /** How many had approved each of the latest holds when it was heard of last; those that ended are kept too. */
    private final Cache<HoldCode, Integer> approvals = Caffeine.newBuilder()
            .maximumSize(MOST_COUNTED)
            .executor(Runnable::run)
            .build();

    /** To be told of every hold. */
    public Watchers(Clock clock) {
        this.clock = clock;
    }

    /**
     * Begins to watch.
     *
     * @param role whose session it is
     * @param later told that there is something to take; runs on whatever thread caused it
     * @return null where so many watch already that one more would slow the others, or take their places
     */
    public synchronized @Nullable EventQueue join(String role, Runnable later) {
        if (!hasRoomFor(role)) {
            return null;
        }
        EventQueue queue = new EventQueue(role, later);
        queues.add(queue);
        return queue;
    }

    public synchronized void leave(EventQueue queue) {
        queues.remove(queue);
    }

    /** Whether one more session of the role may watch. */
    public synchronized boolean hasRoomFor(String role) {
        return queues.size() < MOST
                && queues.stream().filter(queue -> queue.role().equals(role)).count() < MOST_OF_ONE;
    }

    /** How many watch now. */
    public int size() {
        return queues.size();
    }

    /** Those that wait already, as events. */
    public List<WatchEvent> waiting(List<Hold> holds) {
        Instant now = clock.instant();
        List<WatchEvent> events = new ArrayList<>();
        holds.forEach(hold -> events.add(WatchEvent.waits(now, "waiting", hold)));
        return events;
    }

    @Override
    public void opened(Hold hold) {
        approvals.put(hold.code(), hold.votes().size());
        tell(now -> WatchEvent.waits(now, WatchEvent.OPENED, hold));
    }

    @Override
    public void changed(Hold hold) {
        int votes = hold.votes().size();
        Integer before = approvals.asMap().put(hold.code(), votes);
        boolean fewer = before != null && votes < before;
        tell(now -> fewer ? WatchEvent.voteWithdrawn(now, hold) : WatchEvent.voted(now, hold));
    }

    @Override
    public void ended(Hold hold, Resolution resolution) {
        tell(now -> WatchEvent.ended(now, hold, resolution));
    }

    @Override
    public void openedElsewhere(Hold hold) {
        opened(hold);
    }

    @Override
    public void changedElsewhere(Hold hold) {
        changed(hold);
    }

    @Override
    public void endedElsewhere(Hold hold, Resolution resolution) {
        ended(hold, resolution);
    }

    @Override
    public void orphaned(Hold hold, Resolution resolution) {
        if (hold.outcome() == null) {
            ended(hold, resolution);
        } else {
            tell(now -> WatchEvent.lost(now, hold));
        }
    }

    /** A token can be granted for what was refused; of what was held it is told already. */
    public void requested(TokenRequest request) {
        if (approvals.getIfPresent(request.code()) == null) {
            tell(now -> WatchEvent.requested(now, request));
        }
    }

    public void granted(TokenRequest request) {
        tell(now -> WatchEvent.granted(now, request));
    }

    private void tell(Function<Instant, WatchEvent> what) {
        if (!queues.isEmpty()) {
            WatchEvent event = what.apply(clock.instant());
            for (EventQueue queue : queues) {
                try {
                    queue.offer(event);
                } catch (RuntimeException ending) {
                    log.debug("a session that watched is ending", ending);
                }
            }
        }
    }
}
