package io.sallyport.proxy.session;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.FrameChunk;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchAssembler;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.Resolution;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client's messages on their way to the server, in order. At any time at most one batch stands at the gate; what
 * comes behind it waits in a queue whose size stops the reading of the client's socket.
 */
final class BatchFlow {
    private final SessionContext context;
    private final BatchAssembler assembler;
    private final BatchJudge judge;
    private final HoldDesk desk;
    private final FullReading fullReading;
    private final PieceQueue queue;
    private boolean clientFinished;
    private boolean terminated;
    private @Nullable Standstill standstill;

    BatchFlow(SessionContext context) {
        this.context = context;
        this.assembler = new BatchAssembler(context.services().config().limits().batchBytes());
        this.judge = new BatchJudge(context);
        this.desk = new HoldDesk(context, this::holdEnded);
        this.fullReading = new FullReading(
                context.services().analyses(), context.services().workers(), context.loop());
        this.queue = new PieceQueue(
                context.client(), context.services().config().limits().queuedBytes());
    }

    void accept(Piece piece) {
        if (standstill instanceof Standstill.Closed) {
            piece.release();
            return;
        }
        if (standstill instanceof Standstill.Held && piece.tag() == FrontendTag.TERMINATE.code()) {
            // Nobody waits for the answer any more, whatever is queued before it.
            piece.release();
            clientFinished();
            return;
        }
        terminated |= piece.tag() == FrontendTag.TERMINATE.code();
        queue.add(piece);
        pump();
    }

    void pump() {
        settled();
        while (!queue.isEmpty() && (standstill == null || standstill instanceof Standstill.SwallowingCopy)) {
            Piece piece = queue.remove();
            if (standstill instanceof Standstill.SwallowingCopy swallowing) {
                piece = swallowing.copy().take(piece, context.forwarder());
                standstill = swallowing.copy().over() ? null : standstill;
            }
            if (piece != null) {
                move(piece);
            }
        }
        queue.measure();
        if (standstill instanceof Standstill.Held && queue.isFull()) {
            // Unread, the client's end would not be noticed, and a hold must not outlive who asked.
            context.fail(SessionErrors.queueFullDuringHold());
            return;
        }
        if (clientFinished && queue.isEmpty() && standstill == null) {
            context.upstream().flush();
            context.upstream().finish();
        }
    }

    /** Goes on with what waited for the answers that were outstanding, where they have come. */
    private void settled() {
        if (!context.tracker().settled()) {
            return;
        }
        if (standstill instanceof Standstill.Settling settling) {
            standstill = null;
            judge(settling.batch());
        } else if (standstill instanceof Standstill.CopyToRefuse copy) {
            standstill = new Standstill.SwallowingCopy(copy.copy().start(context.own(), context.client()));
        }
    }

    /** The client will send nothing more. A batch that waits for a person is never run for nobody. */
    void clientFinished() {
        clientFinished = true;
        if (standstill instanceof Standstill.Held held) {
            context.services().holds().resolve(held.held().hold(), new Resolution.Withdrawn("client disconnected"));
        } else if (standstill instanceof Standstill.SwallowingCopy || standstill instanceof Standstill.CopyToRefuse) {
            context.closeBoth();
            return;
        }
        pump();
    }

    /** @return whether the cancel met a batch that had not been sent, and ended it */
    boolean cancel() {
        if (standstill instanceof Standstill.Held held) {
            return context.services()
                    .holds()
                    .resolve(held.held().hold(), new Resolution.Withdrawn("canceled by the requester"));
        }
        if (standstill instanceof Standstill.Reading reading) {
            standstill = null;
            refuse(reading.batch(), reading.reading(), Denial.cancelled(null), 0);
            pump();
            return true;
        }
        return false;
    }

    boolean terminated() {
        return terminated || clientFinished;
    }

    boolean holding() {
        return standstill instanceof Standstill.Held;
    }

    boolean idle() {
        return standstill == null && queue.isEmpty() && assembler.isEmpty();
    }

    /** Releases everything; a hold ends with the given resolution. */
    void close(Resolution resolution) {
        Standstill last = standstill;
        standstill = new Standstill.Closed();
        queue.release();
        assembler.release();
        if (last instanceof Standstill.Held held) {
            context.services().holds().resolve(held.held().hold(), resolution);
        }
        if (last != null) {
            last.release();
        }
    }

    private void move(Piece piece) {
        if (piece instanceof FrameChunk) {
            if (!cutBefore(piece)) {
                context.upstream().relay(piece);
            }
            return;
        }
        Frame frame = (Frame) piece;
        switch (Objects.requireNonNull(FrontendTag.of(frame.tag()))) {
            case COPY_DONE, COPY_FAIL -> {
                if (!cutBefore(frame)) {
                    context.tracker().copyEndSent();
                    context.upstream().relay(frame);
                }
            }
            case TERMINATE -> {
                // What no Sync follows would be rolled back.
                assembler.release();
                context.upstream().relay(frame);
            }
            case QUERY, PARSE, BIND, DESCRIBE, EXECUTE, CLOSE, SYNC, FLUSH, FUNCTION_CALL -> {
                Batch batch = assembler.add(frame);
                if (batch != null) {
                    judge(batch);
                }
            }
            case PASSWORD, COPY_DATA -> {
                frame.release();
                throw new ProtocolViolation("invalid frontend message type " + (frame.tag() & 0xff));
            }
        }
    }

    /**
     * COPY data follows its Execute without a Sync: what was collected goes to the gate first.
     *
     * @return whether the piece has to wait for that
     */
    private boolean cutBefore(Piece piece) {
        Batch batch = assembler.cut();
        if (batch == null) {
            return false;
        }
        queue.addFirst(piece);
        judge(batch);
        return true;
    }

    private void judge(Batch batch) {
        if (context.tracker().skipping()) {
            context.forwarder().skip(batch);
            return;
        }
        BatchJudge.Judgement judgement = judge.judge(batch);
        BatchReading reading = judgement.reading();
        Ruling ruling = judgement.ruling();
        if (ruling == null) {
            standstill = new Standstill.Settling(batch);
        } else if (ruling instanceof Ruling.Allow allow) {
            if (context.allowed(batch, reading)) {
                context.forwarder().forward(batch, reading, allow.permit(), null);
            } else {
                refuse(batch, reading, Denial.unrecorded(), 0);
            }
        } else if (ruling instanceof Ruling.Deny deny) {
            context.denied(reading, deny);
            refuse(batch, reading, deny);
        } else if (ruling instanceof Ruling.Incomplete incomplete) {
            readInFull(batch, reading, incomplete.texts());
        } else if (ruling instanceof Ruling.Hold hold) {
            hold(batch, reading, hold);
        }
    }

    private void readInFull(Batch batch, BatchReading reading, List<SqlText> texts) {
        Standstill.Reading waiting = new Standstill.Reading(batch, reading);
        standstill = waiting;
        fullReading.start(texts, fault -> {
            if (standstill == waiting) {
                standstill = null;
                if (fault == null) {
                    judge(batch);
                } else {
                    refuse(batch, reading, Denial.fault(fault), 0);
                }
                pump();
                context.flush();
            }
        });
    }

    private void hold(Batch batch, BatchReading reading, Ruling.Hold ruling) {
        if (terminated()) {
            batch.release();
            context.closeBoth();
            return;
        }
        HeldBatch held = desk.open(batch, reading, ruling);
        if (held == null) {
            refuse(batch, reading, desk.cannotHold(), ruling.index());
        } else {
            standstill = new Standstill.Held(held);
        }
    }

    private void holdEnded(Hold hold, Resolution resolution) {
        if (!(standstill instanceof Standstill.Held waiting) || waiting.held().hold() != hold) {
            return;
        }
        HeldBatch held = waiting.held();
        held.over();
        standstill = null;
        if (resolution instanceof Resolution.Approved approved
                && held.judgedUnder().equals(context.settings().lexer())) {
            desk.release(held, approved);
        } else if (resolution instanceof Resolution.Withdrawn && clientFinished) {
            standstill = new Standstill.Closed();
            held.batch().release();
            context.closeBoth();
            return;
        } else {
            refuse(
                    held.batch(),
                    held.reading(),
                    HoldTexts.ended(held.hold(), resolution),
                    held.ruling().index());
        }
        pump();
        context.flush();
    }

    private void refuse(Batch batch, BatchReading reading, Denial denial, int index) {
        refuse(batch, reading, context.services().gatekeeper().refuse(batch, index, denial));
    }

    private void refuse(Batch batch, BatchReading reading, Ruling.Deny denied) {
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
