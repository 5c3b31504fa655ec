package io.sallyport.proxy.kept;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.safety.KeptRows;
import io.sallyport.proxy.safety.NetStore;
import io.sallyport.proxy.store.StoreUnavailable;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings kept rows back, once: the control database says who may, before, and what became of it, behind. It blocks. */
public final class Undoing {
    private static final Logger log = LoggerFactory.getLogger(Undoing.class);

    private final KeepingRoom room;
    private final NetStore store;
    private final ProxyMetrics metrics;

    public Undoing(KeepingRoom room, NetStore store, ProxyMetrics metrics) {
        this.room = room;
        this.store = store;
        this.metrics = metrics;
    }

    /**
     * What became of it.
     *
     * @param outcome undone, drifted, failed or unclear
     * @param why it was not done, without values of anybody's; empty where it was
     */
    public record Done(String outcome, String why, String sqlState) {}

    Done run(HoldCode of, HoldCode hold, KeptRows rows) {
        Done done = attempt(of, hold, rows);
        metrics.undone(done.outcome());
        return done;
    }

    private Done attempt(HoldCode of, HoldCode hold, KeptRows rows) {
        KeptRows claimed = rows.in(KeptRows.State.UNDOING, hold.value(), "");
        try {
            if (!store.change(of, rows, claimed)) {
                return new Done(
                        "failed", "somebody else is undoing it, or has", SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE);
            }
        } catch (StoreUnavailable away) {
            return new Done("failed", "the control database cannot be used", SqlState.SYSTEM_ERROR);
        }
        try {
            room.restore(rows);
            write(of, claimed, rows.in(KeptRows.State.UNDONE, hold.value(), ""));
            return new Done("undone", "", SqlState.INTERNAL_ERROR);
        } catch (Drifted drifted) {
            write(of, claimed, rows.in(KeptRows.State.KEPT, "", "not undone: " + drifted.told()));
            return new Done("drifted", drifted.why(), SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE);
        } catch (Unkeepable cannot) {
            write(of, claimed, rows.in(KeptRows.State.KEPT, "", "not undone: " + cannot.why()));
            return new Done("failed", cannot.why(), SqlState.INTERNAL_ERROR);
        } catch (KeepingRoom.Uncommitted unclear) {
            log.error("whether rows of {} were brought back is not known", of, unclear);
            write(of, claimed, rows.in(KeptRows.State.UNCLEAR, hold.value(), "the server did not answer to COMMIT"));
            return new Done("unclear", "the server did not answer to COMMIT", "08007");
        } catch (SQLException failed) {
            log.warn("rows of {} could not be brought back: {}", of, failed.getMessage());
            String why = ServerWords.of(failed);
            write(of, claimed, rows.in(KeptRows.State.KEPT, "", "not undone: " + why));
            return new Done("failed", why, String.valueOf(failed.getSQLState()));
        }
    }

    private void write(HoldCode of, KeptRows from, KeptRows to) {
        try {
            if (!store.change(of, from, to)) {
                log.error("kept rows of {} are not what they were: {} could not be written down", of, to.state());
            }
        } catch (StoreUnavailable away) {
            log.error("kept rows of {} are {}, which could not be written down: {}", of, to.state(), away.getMessage());
        }
    }
}
