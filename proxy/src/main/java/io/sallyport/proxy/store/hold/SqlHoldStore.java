package io.sallyport.proxy.store.hold;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldState;
import io.sallyport.proxy.hold.HoldStore;
import io.sallyport.proxy.hold.StoredHold;
import io.sallyport.proxy.store.ControlDatabase;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Holds in the control database, as one replica sees and changes them. */
public final class SqlHoldStore implements HoldStore {
    static final String CHANNEL = "sallyport_hold";

    private final ControlDatabase database;
    private final Clock clock;
    private final String replica;
    private final HoldWrites writes;
    private volatile Runnable wake = () -> {};

    /** @param replica names this run of this proxy; no other has the same */
    public SqlHoldStore(ControlDatabase database, Clock clock, String replica) {
        this.database = database;
        this.clock = clock;
        this.replica = replica;
        this.writes = new HoldWrites(database, clock, replica, this::announce);
    }

    String replica() {
        return replica;
    }

    ControlDatabase database() {
        return database;
    }

    HoldWrites writes() {
        return writes;
    }

    /** @param writer wakes who writes down what waits for it */
    void onWrite(Runnable writer) {
        wake = writer;
    }

    private void announce(Handle handle, HoldCode code) {
        if (database.shared()) {
            // Heard when this transaction commits, and not before.
            handle.select("SELECT pg_notify(?, ?)", CHANNEL, replica + " " + code.value())
                    .mapTo(String.class)
                    .list();
        }
    }

    @Override
    public void opened(Hold hold) {
        writes.add(hold);
        wake.run();
    }

    @Override
    public void ended(Hold hold) {
        writes.add(hold);
        wake.run();
    }

    @Override
    public HoldState state(Hold hold) throws StoreUnavailable {
        Optional<HoldState> known = database.call(handle -> HoldTable.state(handle, hold));
        if (known.isEmpty()) {
            if (writes.has(hold)) {
                writes.write(hold);
            }
            // The writer may have written it meanwhile.
            known = database.call(handle -> HoldTable.state(handle, hold));
        }
        return known.orElseThrow(
                () -> new StoreUnavailable("hold " + hold.code() + " is not in it", new NoSuchElementException()));
    }

    @Override
    public boolean replace(Hold hold, HoldState before, HoldState after) throws StoreUnavailable {
        Instant now = clock.instant();
        return database.call(handle -> {
            boolean replaced = HoldTable.replace(handle, hold, before, after, replica, now);
            if (replaced) {
                announce(handle, hold.code());
            }
            return replaced;
        });
    }

    @Override
    public boolean claim(Hold hold) throws StoreUnavailable {
        Instant now = clock.instant();
        return database.call(handle -> HoldTable.claim(handle, hold, replica, now));
    }

    @Override
    public Optional<StoredHold> find(HoldCode code) throws StoreUnavailable {
        return database.call(handle -> HoldTable.find(handle, code));
    }

    @Override
    public List<StoredHold> history(String search, int most) throws StoreUnavailable {
        return database.call(handle -> HoldTable.history(handle, search, most));
    }
}
