package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Permit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch inside of a transaction, or behind a savepoint, that the client does not know of. Nothing is sent before it is known that it is open, and nothing is
 * kept that could not be read.
 *
 * <pre>
 *   none ──BEGIN──▶ open ──batch up to Sync or Query [, question]──▶ running ──answered, asked, judged: COMMIT or ROLLBACK──▶ ending ──▶ none
 *                    └──messages up to Flush──▶ open
 * </pre>
 */
final class EnclosedRun implements HiddenReady {
    private static final Logger log = LoggerFactory.getLogger(EnclosedRun.class);

    private enum Phase {
        NONE,
        /** A transaction of ours is open, or about to be, and what the client sends belongs to it. */
        OPEN,
        /** What makes the server ready was sent. */
        RUNNING,
        ENDING
    }

    private final SessionContext context;
    private final BatchGate gate;
    private final EffectsOutcome outcome;
    private Phase phase = Phase.NONE;
    private @Nullable MeasuredRun run;
    private @Nullable EffectsAsk before;
    private @Nullable EffectsAsk after;
    private @Nullable OwnScript last;
    private EffectsEnding ending = new EffectsEnding.Answered();
    private @Nullable TransactionStatus answered;

    /** Whether anything of the batch went to the server. */
    private boolean sent;

    /** How often it was tried to take it back. */
    private int undone;

    EnclosedRun(SessionContext context, BatchGate gate, EffectsOutcome outcome) {
        this.context = context;
        this.gate = gate;
        this.outcome = outcome;
    }

    boolean isNone() {
        return phase == Phase.NONE;
    }

    /** Whether what the client sends belongs to it. */
    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Whether what was asked for last is still to be committed. */
    boolean running() {
        return phase == Phase.RUNNING || phase == Phase.ENDING;
    }

    /** Whether nothing of the client's may be sent now, but for the data of a COPY that runs. */
    boolean stops(Piece piece) {
        return running() && !passes(piece);
    }

    private boolean passes(Piece piece) {
        MeasuredRun current = run;
        boolean reads = context.tracker().inCopy();
        return phase == Phase.RUNNING
                && current != null
                && ((CopyPieces.isData(piece) && (current.copies() || reads))
                        || (CopyPieces.isIgnored(piece) && reads));
    }

    /** Whether it is what a server would fail the COPY for that it reads: here it would wait for the end of that. */
    boolean breaksCopy(Piece piece) {
        return phase == Phase.RUNNING && context.tracker().inCopy() && !passes(piece);
    }

    /** Nothing goes before it is known to be enclosed: outside, nobody would look. */
    void begin(MeasuredRun wanted, Batch batch, Permit permit) {
        if (phase != Phase.NONE) {
            throw new IllegalStateException("one run is enclosed already");
        }
        run = wanted;
        undone = 0;
        RunOutcome released = wanted.released();
        if (released != null) {
            // One for COMMIT.
            released.expectReply();
        }
        phase = Phase.OPEN;
        sent = false;
        answered = null;
        after = null;
        context.forwarder().hide(this);
        EffectsAsk asked = EffectsAsk.beginning(context, wanted);
        before = asked;
        gate.stand(
                new Standstill.Asking(batch, wanted.reading(), asked::over, () -> begun(asked, wanted, batch, permit)));
        context.flush();
    }

    private void begun(EffectsAsk asked, MeasuredRun wanted, Batch batch, Permit permit) {
        OwnScript.Failure failure = asked.failure();
        if (failure != null || run == null) {
            Denial denial = failure == null ? EffectsTexts.hides() : EffectsTexts.serversOwn(failure);
            gate.refuse(batch, wanted.reading(), denial, 0);
            return;
        }
        sent = true;
        Trial trial = wanted.trial();
        if (trial != null) {
            context.answers().beginUnheard();
            context.spending().pause(true);
            // It is taken back: it changes neither what names stand for nor what is locked.
            context.forwarder().forward(batch, wanted.reading(), permit, trial.said());
        } else {
            if (wanted.synced()) {
                context.answers().begin(wanted.copies() ? 0 : MeasuredRun.MOST_KEPT);
            }
            context.forward(batch, wanted.reading(), permit, wanted.released());
        }
        if (wanted.synced() && !wanted.copies()) {
            after = EffectsAsk.atEnd(context, wanted);
        }
        context.flush();
    }

    /** More of what began without a Sync. */
    void goOn(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        if (Wrapping.controls(reading) || ParkedEndings.prepares(reading)) {
            gate.refuse(batch, reading, EffectsTexts.hides(), 0);
            RunOutcome.ranNot(released, SqlState.FEATURE_NOT_SUPPORTED);
        } else {
            after = null;
            context.forward(batch, reading, permit, released);
        }
    }

    /** The requester has asked the server to cancel. */
    void cancelled() {
        Trial trial = run == null ? null : run.trial();
        if (trial != null) {
            trial.cancelled();
        }
    }

    @Override
    public void expected() {
        phase = Phase.RUNNING;
    }

    @Override
    public void swallowed() {
        MeasuredRun current = run;
        if (current == null || !current.simple()) {
            reopen();
        }
        // A Sync into the COPY of a Query: that is still to be answered.
    }

    private void reopen() {
        phase = Phase.OPEN;
        after = null;
    }

    @Override
    public void came(TransactionStatus status) {
        answered = status;
        context.forwarder().hide(null);
    }

    /** To be called when the server may have answered everything. */
    void settled() {
        if (!context.tracker().settled()) {
            return;
        }
        if (phase == Phase.RUNNING && answered == null) {
            // A Query behind an error.
            reopen();
        }
        MeasuredRun current = run;
        TransactionStatus status = answered;
        if (current == null || status == null || phase == Phase.OPEN) {
            return;
        }
        EffectsAsk asked = after;
        if (phase == Phase.ENDING) {
            ended(current);
        } else if (status != TransactionStatus.IN_TRANSACTION) {
            failed(current, status);
        } else if (asked == null) {
            after = EffectsAsk.atEnd(context, current);
            context.flush();
        } else if (asked.over()) {
            Effects effects =
                    asked.effects().since(Objects.requireNonNull(before).effects());
            end(current, outcome.ending(current, effects, asked.failure()));
        }
    }

    private void failed(MeasuredRun current, TransactionStatus status) {
        if (!sent) {
            RunOutcome.ranNot(current.released(), SqlState.QUERY_CANCELED);
        } else if (status == TransactionStatus.IDLE) {
            outcome.unmeasured(current.reading());
        }
        end(current, outcome.failed(current, sent));
    }

    private void end(MeasuredRun current, EffectsEnding how) {
        ending = how;
        phase = Phase.ENDING;
        boolean again = how instanceof EffectsEnding.Held || how instanceof EffectsEnding.Rehearsed;
        boolean unheard = again || how instanceof EffectsEnding.Told;
        OwnScript ends = current.ending(how);
        if (unheard) {
            context.answers().discard();
            for (String name : current.prepared()) {
                ends.forget(name);
                context.prepared().forget(name);
            }
        }
        last = ends;
        ends.send(context);
    }

    private void ended(MeasuredRun current) {
        OwnScript.Failure failure = last == null ? null : last.failure();
        boolean commits = ending instanceof EffectsEnding.Commits;
        if (failure != null && !commits) {
            undo(current, failure);
            return;
        }
        phase = Phase.NONE;
        run = null;
        before = null;
        after = null;
        last = null;
        answered = null;
        context.spending().pause(false);
        context.effects().ran();
        outcome.end(current, ending, failure);
    }

    /** A cancel may have met it; what cannot be taken back ends with the session. */
    private void undo(MeasuredRun current, OwnScript.Failure failure) {
        if (undone++ == 0) {
            OwnScript again = current.ending(ending);
            last = again;
            again.send(context);
        } else {
            log.error(
                    "what a session has done cannot be taken back; it ends: {}",
                    failure.error().message());
            context.closeBoth();
        }
    }

    /** The session ends. */
    void close() {
        MeasuredRun current = run;
        run = null;
        phase = Phase.NONE;
        context.answers().discard();
        if (current == null) {
            return;
        }
        RunOutcome released = current.released();
        if (released != null) {
            if (!sent) {
                released.replied();
            }
            released.replied();
        }
        current.batch().release();
    }
}
