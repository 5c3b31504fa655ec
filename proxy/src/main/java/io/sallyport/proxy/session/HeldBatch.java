package io.sallyport.proxy.session;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.session.SessionLoop.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A batch that waits, with its timers: expiry, reminders, and the keep-alive of the server's idle timeouts. */
final class HeldBatch {
    private final Batch batch;
    private final BatchReading reading;
    private final Ruling.Hold ruling;
    private final Hold hold;
    private final LexerSettings judgedUnder;
    private final SessionLoop loop;
    private final List<Timer> timers = new ArrayList<>();

    HeldBatch(
            Batch batch,
            BatchReading reading,
            Ruling.Hold ruling,
            Hold hold,
            LexerSettings judgedUnder,
            SessionLoop loop) {
        this.batch = batch;
        this.reading = reading;
        this.ruling = ruling;
        this.hold = hold;
        this.judgedUnder = judgedUnder;
        this.loop = loop;
    }

    Batch batch() {
        return batch;
    }

    BatchReading reading() {
        return reading;
    }

    Ruling.Hold ruling() {
        return ruling;
    }

    Hold hold() {
        return hold;
    }

    /** How the server read texts when the batch was judged: an approval is for that reading only. */
    LexerSettings judgedUnder() {
        return judgedUnder;
    }

    void once(Duration delay, Runnable task) {
        timers.add(loop.schedule(delay, task));
    }

    /** Runs the task at intervals until the hold is over; an interval of zero means never. */
    void every(Duration interval, Runnable task) {
        if (!interval.isZero() && !interval.isNegative()) {
            timers.add(loop.every(interval, task));
        }
    }

    void over() {
        timers.forEach(Timer::cancel);
        timers.clear();
    }
}
