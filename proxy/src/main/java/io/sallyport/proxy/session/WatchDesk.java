package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.console.EventQueue;
import io.sallyport.proxy.console.Watchers;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Resolution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets {@code SALLYPORT WATCH} stand: its session is told of holds until its time is up, or it is cancelled. */
final class WatchDesk {
    /** Told on the session's loop. */
    interface Ended {
        /** @param resolution null where the time was up */
        void ended(Watch watch, @Nullable Resolution resolution);
    }

    static final Denial IN_TRANSACTION = new Denial(
            SqlState.ACTIVE_SQL_TRANSACTION,
            "SALLYPORT WATCH cannot run inside a transaction block",
            null,
            "COMMIT or ROLLBACK first; a driver needs autocommit.",
            "console");

    private static final Denial TOO_MANY = new Denial(
            SqlState.PROGRAM_LIMIT_EXCEEDED,
            "too many sessions watch already: " + Watchers.MOST + " of one proxy can at a time, " + Watchers.MOST_OF_ONE
                    + " of one role",
            null,
            "SALLYPORT HOLDS lists what waits.",
            "console");

    private static final Denial NO_ROOM = new Denial(
            SqlState.PROGRAM_LIMIT_EXCEEDED,
            "too many statements wait in Sallyport already, or too large ones",
            null,
            "SALLYPORT HOLDS lists what waits.",
            "console");

    /** What is sent beside it may read otherwise by now. */
    static Denial changed(String what) {
        return new Denial(
                SqlState.QUERY_CANCELED,
                "SALLYPORT WATCH ended: " + what + " changed meanwhile",
                null,
                "Send it again.",
                "console");
    }

    private final SessionContext context;
    private final Ended ended;

    WatchDesk(SessionContext context, Ended ended) {
        this.context = context;
        this.ended = ended;
    }

    /** @return null where it {@link #cannot} begin: the batch is to be refused */
    Standstill.@Nullable Watching begin(
            Batch batch, BatchReading reading, Ruling.Allow allow, ConsoleDesk.Watched asked) {
        WaitingBatch waiting = WaitingBatch.enter(context, batch, reading, asked.index());
        if (waiting == null) {
            return null;
        }
        Watch watch = new Watch(context, asked.index());
        Watchers watchers = context.services().console().watchers();
        EventQueue events =
                watchers.join(context.info().user(), () -> context.loop().execute(watch::tell));
        if (events == null) {
            waiting.over();
            return null;
        }
        Duration span = asked.command().span();
        if (span != null) {
            waiting.once(span, () -> over(watch, null));
        }
        waiting.keepAlive();
        Standstill.Watching watching = new Standstill.Watching(waiting, watch, allow);
        try {
            watch.begin(events, watchers, span);
        } catch (RuntimeException fault) {
            // Else its place among the watchers would be taken for good.
            watching.over();
            throw fault;
        }
        return watching;
    }

    /** Why {@link #begin} began none. */
    Denial cannot() {
        Watchers watchers = context.services().console().watchers();
        return watchers.hasRoomFor(context.info().user()) ? NO_ROOM : TOO_MANY;
    }

    /** Ends it early; the session hears of it a moment later. */
    boolean end(Watch watch, Resolution resolution) {
        context.loop().execute(() -> over(watch, resolution));
        return true;
    }

    private void over(Watch watch, @Nullable Resolution resolution) {
        if (watch.end()) {
            ended.ended(watch, resolution);
        }
    }
}
