package io.sallyport.proxy.session;

import io.sallyport.protocol.frame.Piece;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Resolution;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where at most one batch stands: it is judged here, and waits here for whatever its ruling asks. */
final class BatchGate {
    private final SessionContext context;
    private final Approach approach;
    private final BatchJudge judge;
    private final Passage passage;
    private final Questions questions;
    private final TokenGate tokens;
    private final Waits waits;
    private @Nullable Standstill standstill;

    BatchGate(SessionContext context, Approach approach) {
        this.context = context;
        this.approach = approach;
        this.judge = new BatchJudge(context);
        this.questions = new Questions(context, this);
        this.passage = new Passage(context, this, questions);
        this.tokens = new TokenGate(context, approach, questions, this);
        this.waits = new Waits(context, this, passage, approach);
        context.effects().attach(this, waits, approach);
        context.keeping().attach(this, waits, approach);
    }

    boolean isOpen() {
        return standstill == null;
    }

    boolean isClosed() {
        return standstill instanceof Standstill.Closed;
    }

    /** Whether a batch waits unsent for a person, or for its time. */
    boolean waiting() {
        return standstill instanceof Standstill.Waiting;
    }

    /** What waits; null where nothing does. */
    Standstill.@Nullable Waiting what() {
        return standstill instanceof Standstill.Waiting waiting ? waiting : null;
    }

    /** Whether COPY data comes that is meant for nobody. */
    boolean swallows() {
        return standstill instanceof Standstill.SwallowingCopy;
    }

    /** @return the piece, where it did not belong to the refused COPY, else null */
    @Nullable
    Piece swallow(Piece piece) {
        if (!(standstill instanceof Standstill.SwallowingCopy swallowing)) {
            return piece;
        }
        Piece left = swallowing.copy().take(piece, context.forwarder());
        standstill = swallowing.copy().over() ? null : standstill;
        return left;
    }

    void judge(Batch batch) {
        // What is judged anew was not agreed to.
        batch.approved(null);
        if (context.tracker().skipping()) {
            context.forwarder().skip(batch);
            return;
        }
        if (context.effects().mustWait()) {
            standstill = new Standstill.Settling(batch);
            return;
        }
        BatchJudge.Judgement judgement = judge.judge(batch);
        Ruling ruling = judgement.ruling();
        if (ruling == null) {
            standstill = new Standstill.Settling(batch);
        } else {
            obey(batch, judgement.reading(), ruling);
        }
    }

    private void obey(Batch batch, BatchReading reading, Ruling ruling) {
        if (ruling instanceof Ruling.Allow allow) {
            passage.allow(batch, reading, allow);
        } else if (ruling instanceof Ruling.Grantable grantable && tokens.concerns(grantable)) {
            tokens.begin(batch, reading, grantable);
        } else if (ruling instanceof Ruling.Deny deny) {
            deny(batch, reading, deny);
        } else if (ruling instanceof Ruling.Incomplete incomplete) {
            readInFull(batch, reading, incomplete.texts());
        } else if (ruling instanceof Ruling.ImpactUnknown unknown) {
            questions.impact(batch, reading, unknown.needed(), () -> judge(batch));
        } else if (ruling instanceof Ruling.RolesUnknown unknown) {
            Runnable otherwise = () -> obey(batch, reading, unknown.otherwise());
            Runnable again = () -> judge(batch);
            questions.roles(
                    batch, reading, () -> (context.subject().roles() == null ? otherwise : again).run(), otherwise);
        } else if (ruling instanceof Ruling.Confirm confirm) {
            passage.confirm(batch, reading, confirm);
        } else if (approach.terminated()) {
            batch.release();
            context.closeBoth();
        } else if (ruling instanceof Ruling.Hold hold) {
            waits.hold(batch, reading, hold);
        } else if (ruling instanceof Ruling.Delay delay) {
            waits.delay(batch, reading, delay);
        }
    }

    /** Stands, and its requester is told of holds. */
    void watch(Batch batch, BatchReading reading, Ruling.Allow allow, ConsoleDesk.Watched asked) {
        if (approach.terminated()) {
            batch.release();
            context.closeBoth();
        } else {
            waits.watch(batch, reading, allow, asked);
        }
    }

    private void readInFull(Batch batch, BatchReading reading, List<SqlText> texts) {
        SessionServices services = context.services();
        Runnable work = () -> texts.forEach(text -> text.complete(services.analyses()));
        stand(
                new Standstill.Reading(batch, reading),
                done -> Errand.run(services.workers(), context.loop(), work, done),
                () -> judge(batch));
    }

    /** Stands until a worker is done, and then goes on; what failed there is a refusal. */
    void stand(Standstill.Unruled errand, Consumer<Consumer<@Nullable Throwable>> start, Runnable then) {
        stand(errand);
        start.accept(fault -> {
            if (leave(errand)) {
                if (fault == null) {
                    then.run();
                } else {
                    refuse(errand.batch(), errand.reading(), Denial.fault(fault), 0);
                }
                goOn();
            }
        });
    }

    /** Stands until this is left. */
    void stand(Standstill waiting) {
        standstill = waiting;
    }

    boolean stands(Standstill waiting) {
        return standstill == waiting;
    }

    /** @return whether it stood here still, and was neither cancelled nor released meanwhile; now it does not any more */
    boolean leave(Standstill waiting) {
        boolean stood = stands(waiting);
        standstill = stood ? null : standstill;
        return stood;
    }

    /** @return whether answers are outstanding that come by themselves: it is judged again then */
    boolean settles(Batch batch) {
        boolean settles = !context.tracker().settled() && context.tracker().settlesByItself();
        standstill = settles ? new Standstill.Settling(batch) : standstill;
        return settles;
    }

    /** Goes on with what waited for the answers that were outstanding, where they have come. */
    void settled() {
        context.effects().settled();
        context.keeping().settled();
        if (standstill instanceof Standstill.Asking asking && asking.over().getAsBoolean()) {
            standstill = null;
            asking.answered().run();
        } else if (standstill instanceof Standstill.Preparing preparing
                && preparing.over().getAsBoolean()) {
            standstill = null;
            preparing.answered().run();
        }
        if (!context.tracker().settled()) {
            return;
        }
        if (standstill instanceof Standstill.Waiting waiting) {
            waiting.waiting().settled();
        }
        if (standstill instanceof Standstill.Counting counting) {
            standstill = null;
            counting.end().run();
        } else if (standstill instanceof Standstill.Settling settling) {
            standstill = null;
            judge(settling.batch());
        } else if (standstill instanceof Standstill.CopyToRefuse copy) {
            standstill = new Standstill.SwallowingCopy(copy.copy().start(context.own(), context.client()));
        }
    }

    /** A batch that waits for a person, or for its time, is never run for nobody. */
    void clientFinished() {
        if (waiting()) {
            waits.withdraw("client disconnected");
        } else if (standstill instanceof Standstill.Preparing
                || standstill instanceof Standstill.SwallowingCopy
                || standstill instanceof Standstill.CopyToRefuse) {
            context.closeBoth();
        }
    }

    /** @return whether the cancel met a batch that had not been sent, and ended it */
    boolean cancel() {
        if (standstill instanceof Standstill.Unruled unruled) {
            standstill = null;
            unruled.abandon();
            refuse(unruled.batch(), unruled.reading(), cancelled(unruled), 0);
            approach.pump();
            return true;
        }
        if (waiting()) {
            waits.withdraw("canceled by the requester");
            return true;
        }
        context.effects().cancelled();
        return false;
    }

    private static Denial cancelled(Standstill.Unruled unruled) {
        return Denial.cancelled(
                unruled instanceof Standstill.Answering
                        ? "A statement of SALLYPORT had begun; it may have counted: look at what it was about."
                        : null);
    }

    /** @return false where the session ends with it: nobody is there for an answer */
    boolean leave(Standstill.Waiting waiting, @Nullable Resolution resolution) {
        waiting.over();
        standstill = null;
        if (resolution instanceof Resolution.Withdrawn && approach.finished()) {
            standstill = new Standstill.Closed();
            waiting.waiting().batch().release();
            context.closeBoth();
            return false;
        }
        return true;
    }

    void goOn() {
        approach.pump();
        context.flush();
    }

    /** Releases what stands here; a batch that waits ends with the given resolution. */
    void close(Resolution resolution) {
        Standstill last = standstill;
        if (last instanceof Standstill.Waiting) {
            waits.close(resolution);
        }
        standstill = new Standstill.Closed();
        if (last != null) {
            last.release();
        }
    }

    void refuse(Batch batch, BatchReading reading, Denial denial, int index) {
        refuse(batch, reading, context.services().gatekeeper().refuse(batch, index, denial));
    }

    /** Refuses it, and writes that down. */
    void deny(Batch batch, BatchReading reading, Ruling.Deny denied) {
        context.records().denied(reading, denied);
        refuse(batch, reading, denied);
    }

    void refuse(Batch batch, BatchReading reading, Ruling.Deny denied) {
        context.services().metrics().refused(denied.denial().sqlState());
        if (denied.index() == 0
                && context.tracker().settlesByItself()
                && RefusedCopy.concerns(batch, reading, denied)) {
            // Behind what is still to be answered, our CopyInResponse has to wait its turn.
            standstill = new Standstill.CopyToRefuse(new RefusedCopy(batch, reading, denied));
            settled();
        } else {
            context.forwarder().refuse(batch, reading, denied);
        }
    }
}
