package io.sallyport.proxy.session;

import io.sallyport.proxy.audit.SafetyEvent;
import io.sallyport.proxy.kept.KeepingRoom;
import io.sallyport.proxy.kept.Prepared;
import io.sallyport.proxy.kept.SeenTable;
import io.sallyport.proxy.kept.TouchedRows.Verb;
import io.sallyport.proxy.safety.KeptRows;
import io.sallyport.proxy.safety.NetFailure;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What workers do for a batch whose rows are kept, within {@code safety.timeout} each time. */
final class KeepingWork {
    private static final Logger log = LoggerFactory.getLogger(KeepingWork.class);

    private KeepingWork() {}

    /** Nobody needs the tables that nothing was kept in. */
    static void forget(SessionContext context, Prepared prepared) {
        KeepingRoom room = context.services().keeping();
        try {
            context.services().safety().workers().execute(() -> room.forget(prepared));
        } catch (RejectedExecutionException busy) {
            log.debug("empty tables are left", busy);
        }
    }

    static void prepare(SessionContext context, KeepingRun run, NetRun.Done<Prepared> then) {
        KeepingRoom room = context.services().keeping();
        String name = KeepingRoom.name(run.keep.code(), run.keep.once());
        String database = context.info().database();
        List<SeenTable> seen = run.scripts.seen();
        List<Boolean> only = run.scripts.only();
        Verb verb = run.scripts.verb();
        NetRun.of(
                context,
                "making room for the rows",
                () -> room.prepare(database, verb, seen, only, name),
                (made, missing) -> {
                    if (missing != null) {
                        NetRun.missing(context, run.keep.code().value(), run.keep.rule(), missing);
                    }
                    then.with(made, missing);
                });
    }

    /** What was kept is in the control database and in the audit when this comes to its end. */
    static void seal(SessionContext context, KeepingRun run, Prepared prepared, NetRun.Done<KeptRows> then) {
        KeepingRoom room = context.services().keeping();
        var counts = run.scripts.counts();
        List<String> beside = run.scripts.exactness(prepared).beside();
        NetRun.of(
                context,
                "writing down what was kept",
                () -> {
                    KeptRows rows = room.seal(run.keep.code(), prepared, counts, beside);
                    record(context, run.keep, rows);
                    return rows;
                },
                (rows, missing) -> {
                    if (rows == null) {
                        then.with(null, missing);
                    } else {
                        context.services().audit().onRecord(() -> context.loop().execute(() -> then.with(rows, null)));
                    }
                });
    }

    private static void record(SessionContext context, Keep keep, KeptRows rows) throws NetFailure {
        if (!context.records()
                .append(new SafetyEvent.RowsKept(
                        context.services().clock().instant(),
                        keep.code().value(),
                        context.info().code(),
                        rows.verb(),
                        rows.tables().stream()
                                .map(table -> table.schema() + "." + table.name())
                                .toList(),
                        rows.rows(),
                        rows.until()))) {
            throw KeepingRoom.failure(
                    NetFailure.Kind.FAILED, "that could not be recorded", "The audit cannot be written.");
        }
    }
}
