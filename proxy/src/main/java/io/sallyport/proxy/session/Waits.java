package io.sallyport.proxy.session;

import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.safety.KeptNet;
import io.sallyport.proxy.safety.NetFailure;
import io.sallyport.proxy.safety.NetsFound;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A batch that waits unsent for a person, or for its time: how that begins, and how it ends. */
final class Waits {
    private final SessionContext context;
    private final BatchGate gate;
    private final Passage passage;
    private final NetsDesk nets;
    private final RehearsalDesk rehearsals;
    private final HoldDesk holds;
    private final DelayDesk delays;
    private final WatchDesk watches;

    Waits(SessionContext context, BatchGate gate, Passage passage, Approach approach) {
        this.context = context;
        this.gate = gate;
        this.passage = passage;
        this.nets = new NetsDesk(context, gate, approach);
        this.rehearsals = new RehearsalDesk(context, gate);
        this.holds = new HoldDesk(context, this::holdEnded);
        this.delays = new DelayDesk(context, this::delayEnded);
        this.watches = new WatchDesk(context, this::watchEnded);
    }

    void hold(Batch batch, BatchReading reading, Ruling.Hold hold) {
        if (holds.lacksReason(hold)) {
            open(batch, reading, hold, new NetsFound(List.of(), 0));
        } else {
            nets.check(
                    batch,
                    reading,
                    hold,
                    safety -> rehearsals.before(
                            batch, reading, hold, (same, known) -> open(same, reading, known, safety)));
        }
    }

    private void open(Batch batch, BatchReading reading, Ruling.Hold hold, NetsFound safety) {
        begun(batch, reading, holds.open(batch, reading, hold, safety), hold.index(), holds.cannotHold(hold));
    }

    void delay(Batch batch, BatchReading reading, Ruling.Delay delay) {
        begun(batch, reading, delays.begin(batch, reading, delay), delay.index(), DelayTexts.cannotWait());
    }

    /** Its requester is told of holds meanwhile. */
    void watch(Batch batch, BatchReading reading, Ruling.Allow allow, ConsoleDesk.Watched asked) {
        begun(batch, reading, watches.begin(batch, reading, allow, asked), asked.index(), watches.cannot());
    }

    private void begun(
            Batch batch, BatchReading reading, Standstill.@Nullable Waiting waiting, int index, Denial otherwise) {
        if (waiting == null) {
            gate.refuse(batch, reading, otherwise, index);
        } else {
            gate.stand(waiting);
        }
    }

    /** @return whether what waits ends by this, and by nothing before it */
    boolean end(Resolution resolution) {
        Standstill.Waiting waiting = gate.what();
        if (waiting instanceof Standstill.Held held) {
            return context.services().holds().resolve(held.hold(), resolution);
        } else if (waiting instanceof Standstill.Watching watching) {
            return watches.end(watching.watch(), resolution);
        }
        return waiting instanceof Standstill.Delayed delayed && delays.end(delayed.delay(), resolution);
    }

    /** What is approved, but not on record yet, does not run either for somebody who is gone or no longer wants it. */
    void withdraw(String why) {
        Resolution gone = new Resolution.Withdrawn(why);
        if (!end(gone) && gate.what() instanceof Standstill.Held held && holds.takeBack(held.hold())) {
            holdEnded(held.hold(), gone);
        }
    }

    /** The session ends, and with it what waits. */
    void close(Resolution resolution) {
        if (!end(resolution) && gate.what() instanceof Standstill.Held held) {
            holds.takeBack(held.hold());
        }
    }

    /** What was released stands here while its safety nets are made: it can be withdrawn, and the server is kept patient. */
    private void holdEnded(Hold hold, Resolution resolution) {
        if (resolution.releases()
                && gate.what() instanceof Standstill.Held held
                && held.hold() == hold
                && nets.concern(held)) {
            nets.cast(held, resolution, (made, missing) -> holdEnded(hold, resolution, made, missing));
        } else {
            holdEnded(hold, resolution, List.of(), null);
        }
    }

    private void holdEnded(
            Hold hold, Resolution resolution, @Nullable List<KeptNet> made, @Nullable NetFailure missing) {
        ended(Standstill.Held.class, held -> held.hold() == hold, resolution, held -> {
            String changed = held.waiting().changed();
            if (made == null || missing != null) {
                refuse(held.waiting(), holds.netMissing(hold, missing));
            } else if (resolution.releases() && changed == null) {
                nets.told(made);
                holds.release(held, resolution);
            } else {
                refuse(held.waiting(), holds.refused(hold, resolution, changed));
            }
        });
    }

    private void delayEnded(Delay delay, @Nullable Resolution resolution) {
        ended(Standstill.Delayed.class, delayed -> delayed.delay() == delay, resolution, delayed -> {
            if (resolution == null && delayed.waiting().changed() == null) {
                delays.release(delayed.waiting(), delay);
            } else {
                delays.refused(delay, resolution);
                refuse(delayed.waiting(), DelayTexts.ended(delay, resolution));
            }
        });
    }

    private void watchEnded(Watch watch, @Nullable Resolution resolution) {
        ended(Standstill.Watching.class, watching -> watching.watch() == watch, resolution, watching -> {
            String changed = watching.waiting().changed();
            if (resolution != null) {
                refuse(watching.waiting(), Denial.cancelled(null));
            } else if (changed != null) {
                refuse(watching.waiting(), WatchDesk.changed(changed));
            } else {
                passage.watched(watching);
            }
        });
    }

    /** Leaves what waits, where it is still that, and goes on with what came behind it. */
    private <W extends Standstill.Waiting> void ended(
            Class<W> kind, Predicate<W> same, @Nullable Resolution resolution, Consumer<W> then) {
        Standstill.Waiting stands = gate.what();
        if (stands != null && kind.isInstance(stands)) {
            W waiting = kind.cast(stands);
            if (same.test(waiting) && gate.leave(waiting, resolution)) {
                then.accept(waiting);
                gate.goOn();
            }
        }
    }

    private void refuse(WaitingBatch waiting, Denial denial) {
        gate.refuse(waiting.batch(), waiting.reading(), denial, waiting.index());
    }
}
