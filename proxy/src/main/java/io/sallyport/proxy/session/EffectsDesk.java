package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.frame.FrameChunk;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.impact.EffectsQuestion;
import org.jspecify.annotations.Nullable;

/**
 * Looks, before COMMIT, at what a transaction really did: what runs outside of the client's transactions runs in one of ours, and where the client
 * ends its own, the server is asked first. Nothing is committed that could not be read.
 *
 * <pre>
 *   none ──BEGIN, batch [, question]──▶ running ──answered──▶ asked ──judged: COMMIT or ROLLBACK──▶ ending ──▶ none
 *     └──BEGIN, messages up to Flush──▶ open ──Sync or Query──▶ running
 * </pre>
 */
final class EffectsDesk implements HiddenReady {
    private enum Phase {
        NONE,
        /** A transaction of ours is open, and more of the client's messages belong to it. */
        OPEN,
        /** What makes the server ready was sent. */
        RUNNING,
        ENDING
    }

    private final SessionContext context;
    private @Nullable EffectsOutcome outcome;
    private @Nullable BatchGate gate;
    private Phase phase = Phase.NONE;
    private @Nullable MeasuredRun run;
    private EffectsEnding ending = new EffectsEnding.Answered();
    private @Nullable OwnScript script;
    private @Nullable TransactionStatus answered;
    private EffectsQuestion question = new EffectsQuestion();
    private EffectsQuestion before = new EffectsQuestion();
    private boolean constraintsHeld;
    private boolean gated;

    /** What the transaction before has left in the server's counters, where COMMIT AND CHAIN began this one. */
    private Effects chained = Effects.NONE;

    EffectsDesk(SessionContext context) {
        this.context = context;
    }

    void attach(BatchGate stands, Waits waits, Approach approach) {
        gate = stands;
        outcome = new EffectsOutcome(context, stands, waits, approach);
    }

    /** A transaction that was looked at from its beginning is so to its end, whatever the session calls itself meanwhile. */
    private boolean gates() {
        return !context.replication()
                && (gated || context.services().gatekeeper().effects().gates(context.subject()));
    }

    /** Whether a batch has to wait: it could not be told in which transaction it runs. */
    boolean mustWait() {
        return phase == Phase.NONE
                && !context.tracker().settled()
                && context.tracker().settlesByItself()
                && gates();
    }

    /** Whether nothing of the client's may be sent now, but for the data of a COPY that runs. */
    boolean stops(Piece piece) {
        MeasuredRun current = run;
        return running() && !(phase == Phase.RUNNING && current != null && copies(current) && isCopy(piece));
    }

    private boolean copies(MeasuredRun current) {
        return current.copies() || context.tracker().inCopy();
    }

    private static boolean isCopy(Piece piece) {
        return piece instanceof FrameChunk || piece.tag() == 'c' || piece.tag() == 'f';
    }

    /** Whether what was asked for last is still to be committed. */
    boolean running() {
        return phase == Phase.RUNNING || phase == Phase.ENDING;
    }

    /** Has a permitted batch run. */
    void run(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        if (phase == Phase.OPEN) {
            goOn(batch, reading, permit, released);
            return;
        }
        if (!gates()) {
            context.forward(batch, reading, permit, released);
            return;
        }
        Wrapping how = Wrapping.of(batch, reading, context.settings().transaction());
        if (!context.tracker().atBoundary() && (how != Wrapping.PLAIN || Wrapping.controls(reading))) {
            // In which transaction it would run is not known for certain.
            how = Wrapping.HIDES;
        }
        gated = how == Wrapping.BEGINS || context.settings().transaction() != TransactionStatus.IDLE;
        switch (how) {
            case PLAIN -> context.forward(batch, reading, permit, released);
            case BEGINS -> {
                chained = Effects.NONE;
                forgetCounts();
                context.forward(batch, reading, permit, released);
            }
            case WRAPPED -> wrap(batch, reading, permit, released);
            case COMMITS -> commits(batch, reading, permit, released);
            case HIDES -> {
                if (released == null
                        && !context.services().gatekeeper().effects().observes()) {
                    stands().refuse(batch, reading, EffectsTexts.hides(), 0);
                } else {
                    // Somebody has agreed to its text.
                    context.forward(batch, reading, permit, released);
                }
            }
        }
    }

    private BatchGate stands() {
        BatchGate current = gate;
        if (current == null) {
            throw new IllegalStateException("no gate yet");
        }
        return current;
    }

    /** The server passes its counters on when it is idle, once a second or when it is told to (pgstat.c, since version 15). */
    private void forgetCounts() {
        if (context.tracker().atBoundary()
                && EffectsQuestion.canForget(context.settings().reported())) {
            new OwnScript().run(EffectsQuestion.FORGET).send(context);
        }
    }

    private void wrap(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        MeasuredRun current = MeasuredRun.of(batch, reading, released);
        if (released != null) {
            // One for COMMIT.
            released.expectReply();
        }
        run = current;
        phase = Phase.OPEN;
        answered = null;
        before = new EffectsQuestion();
        script = null;
        context.forwarder().hide(this);
        new OwnScript().run("BEGIN").ask(EffectsQuestion.sql(), before::row).send(context);
        if (current.synced()) {
            context.answers().begin(current.copies() ? 0 : MeasuredRun.MOST_KEPT);
        }
        context.forward(batch, reading, permit, released);
        if (current.synced() && !current.copies()) {
            ask();
        }
    }

    /** More of what began without a Sync. */
    private void goOn(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        if (Wrapping.controls(reading)) {
            stands().refuse(batch, reading, EffectsTexts.hides(), 0);
        } else {
            script = null;
            context.forward(batch, reading, permit, released);
        }
    }

    @Override
    public void expected() {
        phase = Phase.RUNNING;
    }

    @Override
    public void swallowed() {
        phase = Phase.OPEN;
        script = null;
    }

    @Override
    public void came(TransactionStatus status) {
        answered = status;
        context.forwarder().hide(null);
    }

    /** What waits for COMMIT happens now, or what it did could not be seen. */
    private void ask() {
        constraintsHeld = false;
        question = new EffectsQuestion();
        OwnScript asks = new OwnScript().run("SET CONSTRAINTS ALL IMMEDIATE").ask(EffectsQuestion.sql(), row -> {
            constraintsHeld = true;
            question.row(row);
        });
        script = asks;
        asks.send(context);
    }

    private void commits(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        if (batch.approved() != null) {
            // What it did was agreed to, and nothing could be added since.
            chained = question.effects();
            context.forward(batch, reading, permit, released);
            return;
        }
        ask();
        OwnScript asks = script;
        stands().stand(new Standstill.Asking(batch, reading, () -> asks != null && asks.over(), () -> {
            script = null;
            OwnScript.Failure failure = asks == null ? null : asks.failure();
            Effects done = done(failure);
            if (outcomes().mayCommit(batch, reading, done.since(chained), failure)) {
                chained = done;
                context.forward(batch, reading, permit, released);
            } else if (released != null) {
                released.failed(SqlState.INSUFFICIENT_PRIVILEGE);
                released.replied();
            }
        }));
        context.flush();
    }

    private EffectsOutcome outcomes() {
        EffectsOutcome current = outcome;
        if (current == null) {
            throw new IllegalStateException("no gate yet");
        }
        return current;
    }

    private Effects done(OwnScript.@Nullable Failure failure) {
        return failure == null && constraintsHeld
                ? question.effects()
                : Effects.unmeasured(
                        failure == null
                                ? "the server did not tell"
                                : failure.error().message());
    }

    /** To be called when the server may have answered everything. */
    void settled() {
        if (phase == Phase.RUNNING && answered == null && context.tracker().settled()) {
            // A Query behind an error.
            swallowed();
        }
        MeasuredRun current = run;
        TransactionStatus status = answered;
        if (current == null
                || status == null
                || phase == Phase.OPEN
                || !context.tracker().settled()) {
            return;
        }
        if (phase == Phase.ENDING) {
            ended(current);
        } else if (status != TransactionStatus.IN_TRANSACTION) {
            if (status == TransactionStatus.IDLE) {
                outcomes().unmeasured(current);
            }
            end(current, new EffectsEnding.Answered());
        } else if (script == null) {
            ask();
            context.flush();
        } else if (script.over()) {
            OwnScript.Failure failure = script.failure();
            end(current, outcomes().ending(current, done(failure).since(before.effects()), failure));
        }
    }

    private void end(MeasuredRun current, EffectsEnding how) {
        ending = how;
        phase = Phase.ENDING;
        OwnScript last = new OwnScript().run(how instanceof EffectsEnding.Commits ? "COMMIT" : "ROLLBACK");
        if (how instanceof EffectsEnding.Held) {
            context.answers().discard();
            for (String name : current.prepared()) {
                last.forget(name);
                context.prepared().forget(name);
            }
        }
        script = last;
        last.send(context);
    }

    private void ended(MeasuredRun current) {
        OwnScript.Failure failure = script == null ? null : script.failure();
        phase = Phase.NONE;
        run = null;
        script = null;
        answered = null;
        outcomes().end(current, ending, ending instanceof EffectsEnding.Commits ? failure : null);
    }

    /** No transaction is open. */
    void idle() {
        chained = Effects.NONE;
        gated = false;
    }

    /** The session ends. */
    void close() {
        MeasuredRun current = run;
        run = null;
        phase = Phase.NONE;
        context.answers().discard();
        if (current != null) {
            RunOutcome released = current.released();
            if (released != null) {
                released.replied();
            }
            current.batch().release();
        }
    }
}
