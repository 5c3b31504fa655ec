package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Rehearsal;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.impact.Rehearsable;
import io.sallyport.proxy.kept.TouchedRows;
import io.sallyport.proxy.kept.Unkeepable;
import org.jspecify.annotations.Nullable;

/**
 * A batch that does nothing but touch rows which can be told by a query.
 *
 * @param sql its one statement, as received
 * @param types of its parameters as its Parse declared them, OIDs of four bytes each
 * @param values its parameters, as its Bind has them; null for a simple Query
 */
record Keepable(TouchedRows rows, byte[] sql, byte[] types, byte @Nullable [] values) {
    private static final String ALONE = "Send the statement alone, with a Sync behind it.";

    /** @throws Unkeepable where its text already says that it cannot be */
    static Keepable of(Batch batch, BatchReading reading) throws Unkeepable {
        if (reading.points().size() != 1
                || reading.points().get(0).problem() != null
                || reading.points().get(0).texts().size() != 1
                || !reading.resumed().isEmpty()
                || !reading.console().isEmpty()
                || !runsOnce(batch)) {
            throw new Unkeepable("more than one statement is sent at once, or one by its name", ALONE);
        }
        SqlText text = reading.points().get(0).texts().get(0);
        if (!text.certain() || text.statements().size() != 1) {
            throw new Unkeepable("more than one statement is sent at once, or it can be read in two ways", ALONE);
        }
        StatementFacts statement = text.statements().get(0);
        String function = Rehearsable.unknown(statement, Rehearsal.NONE);
        if (function != null) {
            throw new Unkeepable(
                    "it calls " + function + ", which would run twice, once to find its rows",
                    "Find the rows first, and name them by their keys.");
        }
        byte[] sql = text.bytesOf(statement);
        Frame frame = batch.frame(reading.points().get(0).index());
        boolean bound = frame.tag() == FrontendTag.BIND.code();
        return new Keepable(
                TouchedRows.of(statement, sql, text.settings()),
                sql,
                bound ? text.declaredTypes() : new byte[0],
                bound ? FrontendMessage.Bind.valuesOf(frame) : null);
    }

    /** One Query, or one portal that is bound and executed here, with a Sync at the end. */
    private static boolean runsOnce(Batch batch) {
        if (batch.size() == 1) {
            return batch.last().tag() == FrontendTag.QUERY.code();
        }
        int bound = 0;
        int executed = 0;
        for (Frame frame : batch.frames()) {
            bound += frame.tag() == FrontendTag.BIND.code() ? 1 : 0;
            executed += frame.tag() == FrontendTag.EXECUTE.code() ? 1 : 0;
        }
        return bound == 1 && executed == 1 && batch.last().tag() == FrontendTag.SYNC.code();
    }

    /** Why it cannot be kept where the session stands now; null where it can. */
    static @Nullable Unkeepable unable(SessionContext context) {
        return context.replication()
                        || !context.tracker().atBoundary()
                        || context.settings().transaction() == TransactionStatus.FAILED
                ? new Unkeepable("answers of the server to what was sent before it are still to come", ALONE)
                : null;
    }
}
