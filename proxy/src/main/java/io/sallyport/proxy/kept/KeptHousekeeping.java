package io.sallyport.proxy.kept;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.safety.KeptRows;
import io.sallyport.proxy.safety.KeptTable;
import io.sallyport.proxy.safety.NetStore;
import io.sallyport.proxy.store.StoreUnavailable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops kept tables whose time is up, and those of transactions that were not committed. Several replicas may do so at once. It blocks. */
final class KeptHousekeeping implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(KeptHousekeeping.class);

    /** No transaction that keeps rows should be open for longer; one that is loses nothing but its undo. */
    private static final Duration UNCOMMITTED = Duration.ofDays(1);

    private final KeepingRoom room;
    private final NetStore store;
    private final Clock clock;

    KeptHousekeeping(KeepingRoom room, NetStore store, Clock clock) {
        this.room = room;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            for (Map.Entry<KeptRows, HoldCode> entry : store.rows().entrySet()) {
                look(entry.getValue(), entry.getKey());
            }
        } catch (StoreUnavailable away) {
            log.debug("kept rows are not looked after now", away);
        } catch (RuntimeException fault) {
            log.error("kept rows could not be looked after", fault);
        }
    }

    private void look(HoldCode code, KeptRows rows) throws StoreUnavailable {
        Instant now = clock.instant();
        try {
            if (now.isAfter(rows.until()) && rows.state() != KeptRows.State.UNDOING) {
                drop(code, rows, rows.note());
            } else if (rows.state() == KeptRows.State.KEPT
                    && now.isAfter(rows.at().plus(UNCOMMITTED))
                    && isEmpty(rows)) {
                drop(code, rows, "nothing was kept: its transaction was not committed");
            }
        } catch (SQLException | Unkeepable failed) {
            log.warn("kept rows of {} could not be dropped: {}", code, failed.getMessage());
        }
    }

    private boolean isEmpty(KeptRows rows) throws SQLException, Unkeepable {
        for (KeptTable table : rows.tables()) {
            if (room.hasRows(rows.database(), table.kept())) {
                return false;
            }
        }
        return true;
    }

    /** Marked first: nobody begins to bring back what is about to go. */
    private void drop(HoldCode code, KeptRows rows, String note) throws SQLException, Unkeepable, StoreUnavailable {
        KeptRows dropped = rows.in(KeptRows.State.DROPPED, rows.undoneBy(), note);
        if (!store.change(code, rows, dropped)) {
            return;
        }
        List<String> tables = rows.tables().stream().map(KeptTable::kept).toList();
        try {
            room.drop(rows.database(), tables);
            log.info("rows that were kept for {} are dropped", code);
        } catch (SQLException | Unkeepable failed) {
            if (!store.change(code, dropped, rows)) {
                log.warn("kept tables {} are left behind", tables);
            }
            throw failed;
        }
    }
}
