package io.sallyport.proxy.store.hold;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldState;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.StoredHold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Holds whose replica is gone: their sessions are too. Each is ended by one of the replicas that are left. */
final class Orphans {
    static final Resolution GONE = new Resolution.Withdrawn("its proxy ended");

    /** transaction_resolution_unknown: it was released, and nobody knows whether it ran. */
    private static final String UNKNOWN = "08007";

    private static final int AT_ONCE = 200;
    private static final String OF_GONE = " FROM hold LEFT JOIN replica ON replica.id = hold.replica"
            + " WHERE (replica.id IS NULL OR replica.gone_at IS NOT NULL) AND ";

    private Orphans() {}

    /** Ends those that still wait, or that were approved and not taken over. */
    static List<StoredHold> withdraw(Handle handle, Instant now) {
        List<StoredHold> withdrawn = new ArrayList<>();
        for (StoredHold hold :
                find(handle, "(state = 'waiting' OR state IN ('approved', 'break_glass') AND claimed_at IS NULL)")) {
            int set = handle.execute(
                    "UPDATE hold SET version = version + 1, state = ?, ended_at = ?, ended_by = NULL, detail = ?"
                            + " WHERE code = ? AND version = ? AND claimed_at IS NULL",
                    GONE.label(),
                    HoldRow.time(now),
                    GONE.detail(),
                    hold.code().value(),
                    hold.state().version());
            if (set == 1) {
                withdrawn.add(with(
                        hold,
                        new HoldState(hold.state().version() + 1, hold.state().votes(), GONE),
                        now,
                        null));
            }
        }
        return withdrawn;
    }

    /** Notes of those that were released that nobody knows what became of them. */
    static List<StoredHold> lose(Handle handle, Instant now) {
        List<StoredHold> lost = new ArrayList<>();
        Outcome unknown = new Outcome(List.of(), UNKNOWN);
        for (StoredHold hold :
                find(handle, "claimed_at IS NOT NULL AND outcome IS NULL AND state IN ('approved', 'break_glass')")) {
            int set = handle.execute(
                    "UPDATE hold SET version = version + 1, outcome = ?, outcome_state = ?"
                            + " WHERE code = ? AND version = ? AND outcome IS NULL",
                    HoldJson.tags(unknown),
                    UNKNOWN,
                    hold.code().value(),
                    hold.state().version());
            if (set == 1) {
                lost.add(with(hold, hold.state(), now, unknown));
            }
        }
        return lost;
    }

    private static StoredHold with(StoredHold hold, HoldState state, Instant now, @Nullable Outcome outcome) {
        return new StoredHold(
                hold.code(),
                hold.replica(),
                hold.request().remembered(),
                hold.openedAt(),
                hold.expiresAt(),
                state,
                now,
                outcome);
    }

    private static List<StoredHold> find(Handle handle, String condition) {
        List<String> codes = handle.createQuery(
                        "SELECT code" + OF_GONE + condition + " ORDER BY opened_at LIMIT " + AT_ONCE)
                .mapTo(String.class)
                .list();
        List<StoredHold> holds = new ArrayList<>();
        for (String code : codes) {
            HoldTable.find(handle, new HoldCode(code)).ifPresent(holds::add);
        }
        return holds;
    }
}
