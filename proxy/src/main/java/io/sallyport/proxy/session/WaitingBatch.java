package io.sallyport.proxy.session;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.session.SessionLoop.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch that waits unsent, with its timers: its end, notices, and the keep-alive of the server's idle timeouts. */
final class WaitingBatch {
    private final SessionContext context;
    private final Batch batch;
    private final BatchReading reading;
    private final int index;
    private final LexerSettings judgedUnder;
    private Meaning meaning;
    private boolean settled;
    private final List<Timer> timers = new ArrayList<>();
    private long room;

    /**
     * @param index the message that is replaced if it is refused in the end
     * @return null where too much waits already
     */
    static @Nullable WaitingBatch enter(SessionContext context, Batch batch, BatchReading reading, int index) {
        WaitingBatch waiting = new WaitingBatch(context, batch, reading, index);
        return context.services().waitingRoom().enter(waiting.room) ? waiting : null;
    }

    private WaitingBatch(SessionContext context, Batch batch, BatchReading reading, int index) {
        this.context = context;
        this.batch = batch;
        this.reading = reading;
        this.index = index;
        this.judgedUnder = context.settings().lexer();
        this.meaning = Meaning.of(context);
        this.settled = context.tracker().settled();
        this.room = batch.bytes();
    }

    Batch batch() {
        return batch;
    }

    BatchReading reading() {
        return reading;
    }

    int index() {
        return index;
    }

    /** Everything sent before it was answered: what the session is like from now on is what is agreed to. */
    void settled() {
        if (!settled) {
            settled = true;
            meaning = Meaning.of(context);
        }
    }

    /** What is not as it was when the batch was judged and began to wait, so that nobody agreed to it; null for nothing. */
    @Nullable
    String changed() {
        return judgedUnder.equals(context.settings().lexer())
                ? meaning.changed(Meaning.of(context))
                : "how the server reads strings";
    }

    void once(Duration delay, Runnable task) {
        timers.add(context.loop().schedule(delay, task));
    }

    /** Runs the task at intervals until the wait is over; an interval of zero means never. */
    void every(Duration interval, Runnable task) {
        if (!interval.isZero() && !interval.isNegative()) {
            timers.add(context.loop().every(interval, task));
        }
    }

    /**
     * Re-arms the server's idle timeouts at intervals: a lone Sync destroys nothing, and its answer is swallowed.
     *
     * @return whether it does, as things stand
     */
    boolean keepAlive() {
        Duration interval = context.services().config().hold().keepAliveEvery();
        every(interval, this::sync);
        return !interval.isZero() && context.tracker().atBoundary();
    }

    private void sync() {
        if (context.tracker().atBoundary()) {
            Slot slot = new Slot(Slot.Kind.SYNC);
            slot.own = true;
            context.tracker().expect(slot);
            context.upstream().own(Substitutes.sync(context.upstream().allocator()));
            context.upstream().flush();
        }
    }

    void over() {
        timers.forEach(Timer::cancel);
        timers.clear();
        context.services().waitingRoom().leave(room);
        room = 0;
    }
}
