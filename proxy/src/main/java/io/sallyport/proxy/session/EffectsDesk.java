package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Permit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has what was permitted run so that what it does can be looked at before COMMIT: what runs outside of the client's transactions runs in one of ours, and where
 * the client ends its own, the server is asked first.
 */
final class EffectsDesk {
    /** What the gate gives it once it stands. */
    private record Parts(BatchGate gate, EnclosedRun run, ClientCommit commits) {}

    private final SessionContext context;
    private final ParkedEndings endings;
    private @Nullable Parts parts;
    private final CountedBefore before = new CountedBefore();
    private boolean gated;

    /** Whether a portal may be open that ends the transaction, from before anybody looked. */
    private boolean endBound;

    EffectsDesk(SessionContext context) {
        this.context = context;
        this.endings = new ParkedEndings(context);
    }

    void attach(BatchGate gate, Waits waits, Approach approach) {
        EffectsOutcome outcome = new EffectsOutcome(context, gate, waits, approach);
        parts = new Parts(
                gate, new EnclosedRun(context, gate, outcome), new ClientCommit(context, gate, outcome, before));
    }

    /** What nobody needs to be asked about at the client's COMMIT. */
    CountedBefore counted() {
        return before;
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
        return parts().run().isNone()
                && !context.tracker().settled()
                && context.tracker().settlesByItself()
                && gates();
    }

    /** Whether nothing of the client's may be sent now. */
    boolean stops(Piece piece) {
        return parts().run().stops(piece);
    }

    /** Whether it ends the session: it may not be sent into the COPY that runs. */
    boolean breaksCopy(Piece piece) {
        return parts().run().breaksCopy(piece);
    }

    /** Whether what was asked for last is still to be committed. */
    boolean running() {
        return parts().run().running();
    }

    /** Runs it where nothing is disturbed by that, to be rolled back. */
    void rehearse(Batch batch, BatchReading reading, Permit permit, Trial trial) {
        Enclosure enclosure = Enclosure.in(context.settings().transaction());
        parts().run().begin(MeasuredRun.of(batch, reading, enclosure, trial), batch, permit);
    }

    /** Has a permitted batch run. */
    void run(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        EnclosedRun run = parts().run();
        if (run.isOpen()) {
            run.goOn(batch, reading, permit, released);
            return;
        }
        boolean agreed = released != null && batch.approved() != null;
        if (released != null && agreed && !context.tracker().atBoundary()) {
            settle(batch, reading, permit, released);
            return;
        }
        if (!agreed && !gates()) {
            endings.restore();
            endBound |= context.services().gatekeeper().effects().exist() && Wrapping.bindsAnEnd(batch, reading);
            context.forward(batch, reading, permit, released);
            return;
        }
        // What of ours goes before it leaves the server where it was.
        boolean atBoundary = context.tracker().atBoundary();
        if (!endings.clear(batch, reading)) {
            parts().gate().refuse(batch, reading, EffectsTexts.hides(), 0);
            RunOutcome.ranNot(released, EffectsTexts.hides().sqlState());
            return;
        }
        Wrapping how = Wrapping.of(batch, reading, context.settings().transaction());
        if (endBound && !reading.resumed().isEmpty()) {
            how = Wrapping.HIDES;
        }
        if (!atBoundary && (how != Wrapping.PLAIN || Wrapping.controls(reading))) {
            // In which transaction it would run is not known for certain.
            how = Wrapping.HIDES;
        }
        boolean inTransaction = context.settings().transaction() == TransactionStatus.IN_TRANSACTION;
        if (gates()) {
            gated = how == Wrapping.BEGINS || context.settings().transaction() != TransactionStatus.IDLE;
        }
        if (agreed && inTransaction && how == Wrapping.PLAIN) {
            enclose(batch, reading, permit, released);
            return;
        }
        if (how == Wrapping.BEGINS) {
            parts().commits().begins(atBoundary);
        }
        run(how, batch, reading, permit, released);
    }

    private void run(Wrapping how, Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        switch (how) {
            case PLAIN, BEGINS -> forward(batch, reading, permit, released);
            case WRAPPED -> enclose(batch, reading, permit, released);
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

    /** With what it names on the server again, where it only ends something. */
    void forward(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        if (endings.bring(batch, reading)) {
            context.forward(batch, reading, permit, released);
        } else {
            parts().gate().refuse(batch, reading, EffectsTexts.hides(), 0);
            RunOutcome.ranNot(released, EffectsTexts.hides().sqlState());
        }
    }

    private void enclose(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        Enclosure enclosure = Enclosure.in(context.settings().transaction());
        parts().run().begin(MeasuredRun.of(batch, reading, enclosure, released), batch, permit);
    }

    /** What was agreed to by its effects runs where they can be seen: what is owed comes first, a Sync of ours for one. */
    private void settle(Batch batch, BatchReading reading, Permit permit, RunOutcome released) {
        Runnable ranNot = () -> RunOutcome.ranNot(released, SqlState.QUERY_CANCELED);
        Runnable settled = () -> {
            if (context.tracker().atBoundary()) {
                run(batch, reading, permit, released);
            } else {
                parts().gate().refuse(batch, reading, EffectsTexts.hides(), 0);
                ranNot.run();
            }
        };
        parts().gate()
                .stand(new Standstill.Asking(
                        batch, reading, () -> context.tracker().settled(), settled, ranNot));
        context.flush();
    }

    /** Whether a batch can be enclosed so that nothing in it ends what it is enclosed by. */
    boolean clears(Batch batch, BatchReading reading) {
        return parts().run().isNone() && endings.clear(batch, reading);
    }

    /** What was closed for a run is there again. */
    void ran() {
        if (!gates()) {
            endings.restore();
        }
    }

    /** The requester has asked the server to cancel. */
    void cancelled() {
        parts().run().cancelled();
    }

    /** To be called when the server may have answered everything. */
    void settled() {
        parts().run().settled();
    }

    /** No transaction is open. */
    void idle() {
        if (parts != null) {
            parts.commits().idle();
        }
        gated = false;
        endBound = false;
    }

    /** The session ends. */
    void close() {
        if (parts != null) {
            parts.run().close();
        }
    }
}
