package io.sallyport.proxy.store.hold;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.StoredHold;
import io.sallyport.proxy.store.ControlDatabase;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one replica does about holds, again and again: tells what it did, hears what others did, ends those of the dead. */
final class HoldSync {
    private static final Logger log = LoggerFactory.getLogger(HoldSync.class);
    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    private final SqlHoldStore store;
    private final Holds holds;
    private final ControlDatabase database;
    private final Clock clock;
    private final String name;
    private boolean registered;
    private Instant nextPurge = Instant.MIN;
    private volatile int replicas = 1;

    /** @param name how people know this replica */
    HoldSync(SqlHoldStore store, Holds holds, Clock clock, String name) {
        this.store = store;
        this.holds = holds;
        this.database = store.database();
        this.clock = clock;
        this.name = name;
    }

    /** How many use the control database, as far as known. */
    int replicas() {
        return replicas;
    }

    /** Whether others know of this replica: before, they would take its holds for those of one that is gone. */
    boolean registered() {
        return registered;
    }

    /** Everything once. */
    void all() throws StoreUnavailable {
        beat();
        store.writes().flush();
        if (database.shared()) {
            compare();
        }
        endOrphans();
        purge();
    }

    private void beat() throws StoreUnavailable {
        replicas = database.call(handle -> {
            if (!registered || !ReplicaTable.beat(handle, store.replica())) {
                ReplicaTable.register(handle, store.replica(), name, !database.shared());
            }
            ReplicaTable.bury(handle, store.replica());
            return ReplicaTable.alive(handle);
        });
        registered = true;
    }

    /** Whatever was not heard of is found here. */
    private void compare() throws StoreUnavailable {
        Map<HoldCode, Long> waiting = new HashMap<>();
        database.call(handle -> handle.createQuery("SELECT code, version FROM hold WHERE state = 'waiting'")
                        .map((row, context) -> Map.entry(new HoldCode(row.getString("code")), row.getLong("version")))
                        .list())
                .forEach(entry -> waiting.put(entry.getKey(), entry.getValue()));
        for (Hold hold : holds.waiting()) {
            Long version = waiting.remove(hold.code());
            if (version == null || version > hold.now().version()) {
                refresh(hold.code());
            }
        }
        for (HoldCode other : waiting.keySet()) {
            refresh(other);
        }
    }

    /** Looks at one hold of which somebody said that it changed. */
    void refresh(HoldCode code) throws StoreUnavailable {
        Optional<StoredHold> stored = store.find(code);
        Optional<Hold> known = holds.find(code);
        if (stored.isEmpty()) {
            // Its own replica has it, so it goes where it was lost.
            known.filter(holds::isHere).ifPresent(store.writes()::add);
        } else if (known.filter(holds::isHere).isPresent()) {
            holds.learn(known.get(), stored.get().state());
        } else if (!stored.get().replica().equals(store.replica())) {
            holds.elsewhere(small(stored.get()));
        }
    }

    /** Whoever wants to see all of it reads it. */
    private static StoredHold small(StoredHold hold) {
        return new StoredHold(
                hold.code(),
                hold.replica(),
                hold.request().remembered(),
                hold.openedAt(),
                hold.expiresAt(),
                hold.state(),
                hold.endedAt(),
                hold.outcome());
    }

    private void endOrphans() throws StoreUnavailable {
        Instant now = clock.instant();
        List<StoredHold> withdrawn = database.call(handle -> Orphans.withdraw(handle, now));
        List<StoredHold> lost = database.call(handle -> Orphans.lose(handle, now));
        for (StoredHold hold : withdrawn) {
            holds.orphaned(hold, Orphans.GONE);
        }
        for (StoredHold hold : lost) {
            Resolution how = Objects.requireNonNull(hold.state().resolution());
            holds.orphaned(hold, how);
        }
    }

    private void purge() throws StoreUnavailable {
        Instant now = clock.instant();
        if (now.isBefore(nextPurge)) {
            return;
        }
        nextPurge = now.plus(PURGE_EVERY);
        Instant before = now.minus(database.settings().keep());
        int gone = database.call(handle -> {
            handle.execute("DELETE FROM replica WHERE gone_at < ?", HoldRow.time(before));
            return handle.execute("DELETE FROM hold WHERE ended_at < ?", HoldRow.time(before));
        });
        if (gone > 0) {
            log.info("{} holds that ended before {} are deleted from the control database", gone, before);
        }
    }

    /** The last words: what is not written down yet, and that this replica ends. */
    void leave() throws StoreUnavailable {
        store.writes().flush();
        database.call(handle -> {
            ReplicaTable.leave(handle, store.replica());
            return true;
        });
    }
}
