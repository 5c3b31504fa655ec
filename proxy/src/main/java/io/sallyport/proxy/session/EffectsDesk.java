package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.frame.FrameChunk;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Permit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks, before COMMIT, at what a transaction really did: what runs outside of the client's transactions runs in one of ours, and where the client
 * ends its own, the server is asked first. Nothing is sent before it is known that the transaction is open, and nothing is committed that could not be
 * read.
 *
 * <pre>
 *   none ──BEGIN──▶ open ──batch up to Sync or Query [, question]──▶ running ──answered, asked, judged: COMMIT or ROLLBACK──▶ ending ──▶ none
 *                    └──messages up to Flush──▶ open
 * </pre>
 */
final class EffectsDesk implements HiddenReady {
    private enum Phase {
        NONE,
        /** A transaction of ours is open, or about to be, and what the client sends belongs to it. */
        OPEN,
        /** What makes the server ready was sent. */
        RUNNING,
        ENDING
    }

    /** What the gate gives it once it stands. */
    private record Parts(BatchGate gate, EffectsOutcome outcome, ClientCommit commits) {}

    private final SessionContext context;
    private @Nullable Parts parts;
    private Phase phase = Phase.NONE;
    private @Nullable MeasuredRun run;
    private @Nullable EffectsAsk before;
    private @Nullable EffectsAsk after;
    private @Nullable OwnScript last;
    private EffectsEnding ending = new EffectsEnding.Answered();
    private @Nullable TransactionStatus answered;

    /** Whether anything of the batch went to the server. */
    private boolean sent;

    private boolean gated;

    EffectsDesk(SessionContext context) {
        this.context = context;
    }

    void attach(BatchGate gate, Waits waits, Approach approach) {
        EffectsOutcome outcome = new EffectsOutcome(context, gate, waits, approach);
        parts = new Parts(gate, outcome, new ClientCommit(context, gate, outcome));
    }

    private Parts parts() {
        return Objects.requireNonNull(parts);
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
                parts().commits().begins();
                context.forward(batch, reading, permit, released);
            }
            case WRAPPED -> begin(batch, reading, permit, released);
            case COMMITS -> parts().commits().run(batch, reading, permit, released);
            case HIDES -> {
                if (released == null && !context.services().gatekeeper().observes()) {
                    parts().gate().refuse(batch, reading, EffectsTexts.hides(), 0);
                } else {
                    // Somebody has agreed to its text.
                    context.forward(batch, reading, permit, released);
                }
            }
        }
    }

    /** Nothing goes before the transaction is known to be open: outside of it, nobody would look. */
    private void begin(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        run = MeasuredRun.of(batch, reading, released);
        if (released != null) {
            // One for COMMIT.
            released.expectReply();
        }
        phase = Phase.OPEN;
        sent = false;
        answered = null;
        after = null;
        context.forwarder().hide(this);
        EffectsAsk asked = EffectsAsk.beginning(context);
        before = asked;
        parts().gate()
                .stand(new Standstill.Asking(
                        batch, reading, asked::over, () -> begun(asked, batch, reading, permit, released)));
        context.flush();
    }

    private void begun(
            EffectsAsk asked, Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        MeasuredRun current = run;
        OwnScript.Failure failure = asked.failure();
        if (failure != null || current == null) {
            Denial denial = failure == null ? EffectsTexts.hides() : EffectsTexts.serversOwn(failure);
            parts().gate().refuse(batch, reading, denial, 0);
            return;
        }
        sent = true;
        if (current.synced()) {
            context.answers().begin(current.copies() ? 0 : MeasuredRun.MOST_KEPT);
        }
        context.forward(batch, reading, permit, released);
        if (current.synced() && !current.copies()) {
            after = EffectsAsk.beforeCommit(context);
        }
        context.flush();
    }

    /** More of what began without a Sync. */
    private void goOn(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        if (Wrapping.controls(reading)) {
            parts().gate().refuse(batch, reading, EffectsTexts.hides(), 0);
            ranNot(released, SqlState.FEATURE_NOT_SUPPORTED);
        } else {
            after = null;
            context.forward(batch, reading, permit, released);
        }
    }

    private static void ranNot(@Nullable RunOutcome released, String sqlState) {
        if (released != null) {
            released.failed(sqlState);
            released.replied();
        }
    }

    @Override
    public void expected() {
        phase = Phase.RUNNING;
    }

    @Override
    public void swallowed() {
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
            swallowed();
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
            after = EffectsAsk.beforeCommit(context);
            context.flush();
        } else if (asked.over()) {
            EffectsAsk earlier = Objects.requireNonNull(before);
            end(current, parts().outcome().ending(current, asked.effects().since(earlier.effects()), asked.failure()));
        }
    }

    private void failed(MeasuredRun current, TransactionStatus status) {
        if (!sent) {
            ranNot(current.released(), SqlState.QUERY_CANCELED);
        } else if (status == TransactionStatus.IDLE) {
            parts().outcome().unmeasured(current);
        }
        end(current, new EffectsEnding.Answered());
    }

    private void end(MeasuredRun current, EffectsEnding how) {
        ending = how;
        phase = Phase.ENDING;
        OwnScript ends = new OwnScript().run(how instanceof EffectsEnding.Commits ? "COMMIT" : "ROLLBACK");
        if (how instanceof EffectsEnding.Held) {
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
        phase = Phase.NONE;
        run = null;
        before = null;
        after = null;
        last = null;
        answered = null;
        parts().outcome().end(current, ending, ending instanceof EffectsEnding.Commits ? failure : null);
    }

    /** No transaction is open. */
    void idle() {
        if (parts != null) {
            parts.commits().idle();
        }
        gated = false;
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
