package io.sallyport.proxy.store.hold;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.ControlDatabase;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this replica's sessions did and the control database does not know yet. Kept until it is written down, the oldest
 * first; of each hold only its latest state counts. Safe for use by many threads.
 */
final class HoldWrites {
    private static final Logger log = LoggerFactory.getLogger(HoldWrites.class);

    /** Beyond this, while the control database is away, the oldest are given up. */
    private static final int MOST = 20_000;

    private static final int AT_ONCE = 100;

    private final Map<HoldCode, Hold> pending = new LinkedHashMap<>();
    private final ControlDatabase database;
    private final Clock clock;
    private final String replica;
    private final BiConsumer<Handle, HoldCode> announce;
    private boolean toldOfLoss;

    /** @param announce tells other replicas, within the transaction */
    HoldWrites(ControlDatabase database, Clock clock, String replica, BiConsumer<Handle, HoldCode> announce) {
        this.database = database;
        this.clock = clock;
        this.replica = replica;
        this.announce = announce;
    }

    synchronized void add(Hold hold) {
        pending.put(hold.code(), hold);
        if (pending.size() > MOST) {
            HoldCode oldest = pending.keySet().iterator().next();
            pending.remove(oldest);
            if (!toldOfLoss) {
                toldOfLoss = true;
                log.error("the control database is away for too long: the history will lack holds from {} on", oldest);
            }
        }
    }

    synchronized boolean has(Hold hold) {
        return pending.containsKey(hold.code());
    }

    synchronized int size() {
        return pending.size();
    }

    private synchronized List<Hold> next() {
        return pending.values().stream().limit(AT_ONCE).toList();
    }

    private synchronized void written(Hold hold, boolean over) {
        // What ended while it was written is written once more.
        if (over == (hold.resolution() != null)) {
            pending.remove(hold.code(), hold);
        }
    }

    /** Writes one hold down now, where it is not yet. */
    void write(Hold hold) throws StoreUnavailable {
        boolean over = hold.resolution() != null;
        Instant now = clock.instant();
        database.call(handle -> {
            if (!over || !HoldTable.settle(handle, hold, replica, now)) {
                HoldTable.insert(handle, hold, replica, now);
            }
            announce.accept(handle, hold.code());
            return true;
        });
        written(hold, over);
    }

    /** Writes everything down, as far as the control database answers. */
    void flush() throws StoreUnavailable {
        for (List<Hold> some = next(); !some.isEmpty(); some = next()) {
            for (Hold hold : some) {
                write(hold);
            }
        }
    }
}
