package io.sallyport.proxy.session;

import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lets batches wait for a while in which their requester can withdraw them. All times are the loop's: monotonic. */
final class DelayDesk {
    /** Told on the session's loop. */
    interface Ended {
        /** @param resolution null where the time was up */
        void ended(Delay delay, @Nullable Resolution resolution);
    }

    private static final List<Duration> COUNTDOWN =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(1));

    private final SessionContext context;
    private final Ended ended;

    DelayDesk(SessionContext context, Ended ended) {
        this.context = context;
        this.ended = ended;
    }

    /** @return null where too much waits already, or it cannot be recorded: the batch is to be refused */
    Standstill.@Nullable Delayed begin(Batch batch, BatchReading reading, Ruling.Delay ruling) {
        WaitingBatch waiting = WaitingBatch.enter(context, batch, reading, ruling.index());
        if (waiting == null) {
            return null;
        }
        if (!context.records().stopped("delay", ruling.verdict(), ruling.work(), null)) {
            waiting.over();
            return null;
        }
        Delay delay = new Delay(ruling);
        context.notice(DelayTexts.begun(delay));
        for (Duration left : countdown(delay.span())) {
            waiting.once(delay.span().minus(left), () -> {
                context.remind(DelayTexts.countdown(left));
                context.flush();
            });
        }
        waiting.once(delay.span(), () -> over(delay));
        waiting.keepAlive();
        return new Standstill.Delayed(waiting, delay);
    }

    /** What is left when the requester is told again: the half, and the last seconds. */
    static Set<Duration> countdown(Duration span) {
        Set<Duration> points = new TreeSet<>();
        Duration half = Duration.ofSeconds(span.toSeconds() / 2);
        if (half.compareTo(COUNTDOWN.get(0)) > 0) {
            points.add(half);
        }
        COUNTDOWN.stream().filter(left -> left.compareTo(span) < 0).forEach(points::add);
        return points;
    }

    /** Ends the wait early; the session hears of it a moment later. */
    boolean end(Delay delay, Resolution resolution) {
        if (!delay.end()) {
            return false;
        }
        record(delay, resolution.label());
        context.loop().execute(() -> ended.ended(delay, resolution));
        return true;
    }

    private void over(Delay delay) {
        if (delay.end()) {
            ended.ended(delay, null);
        }
    }

    void release(WaitingBatch waiting, Delay delay) {
        Permit permit = context.services().gatekeeper().afterDelay(waiting.batch(), delay.ruling());
        record(delay, "run");
        context.run(waiting.batch(), waiting.reading(), permit, null);
    }

    /** @param resolution null where the time was up, but it must not run any more */
    void refused(Delay delay, @Nullable Resolution resolution) {
        if (resolution == null) {
            record(delay, "void");
        }
    }

    private void record(Delay delay, String outcome) {
        context.services().metrics().delayEnded(outcome);
        context.records()
                .append(new AuditEvent.DelayEnded(
                        context.services().clock().instant(),
                        context.info().code(),
                        delay.verdict().rule(),
                        outcome,
                        delay.waited().toMillis()));
    }
}
