package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.FrameChunk;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchAssembler;
import io.sallyport.proxy.hold.Resolution;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client's messages on their way to the server, in order. At any time at most one batch stands at the gate; what
 * comes behind it waits in a queue whose size stops the reading of the client's socket.
 */
final class BatchFlow implements Approach {
    private final SessionContext context;
    private final BatchAssembler assembler;
    private final BatchGate gate;
    private final PieceQueue queue;
    private boolean clientFinished;
    private boolean terminated;

    /** What the session ends with once what came before is answered. */
    private @Nullable ErrorResponse last;

    private boolean lastAnswersAsked;

    /** A password that nobody asked for is queued: what waits for a person before it would be followed by the end. */
    private boolean strayComes;

    BatchFlow(SessionContext context) {
        this.context = context;
        this.assembler = new BatchAssembler(context.services().config().limits().batchBytes());
        this.gate = new BatchGate(context, this);
        this.queue = new PieceQueue(
                context.client(), context.services().config().limits().queuedBytes());
    }

    void accept(Piece piece) {
        if (gate.isClosed() || last != null) {
            piece.release();
            return;
        }
        if (gate.waiting() && piece.tag() == FrontendTag.TERMINATE.code()) {
            // Nobody waits for the answer any more, whatever is queued before it.
            piece.release();
            clientFinished();
            return;
        }
        strayComes |= piece.tag() == FrontendTag.PASSWORD.code();
        terminated |= piece.tag() == FrontendTag.TERMINATE.code();
        queue.add(piece);
        pump();
    }

    @Override
    public void pump() {
        gate.settled();
        while (!queue.isEmpty()
                && !context.tracker().isCrowded()
                && (gate.isOpen() || gate.swallows())
                && !context.effects().stops(queue.first())
                && !context.keeping().running()) {
            Piece piece = gate.swallow(queue.remove());
            if (piece != null) {
                move(piece);
            }
        }
        queue.measure();
        if (!queue.isEmpty() && context.effects().breaksCopy(queue.first())) {
            context.fail(SessionErrors.withinCopy());
            return;
        }
        if (gate.waiting() && queue.isFull()) {
            // Unread, the client's end would not be noticed, and what waits must not outlive who asked.
            context.fail(SessionErrors.queueFullWhileWaiting());
            return;
        }
        if (gate.waiting() && strayComes) {
            stray(FrontendTag.PASSWORD.code());
        }
        if (last != null) {
            end(last);
        } else if (clientFinished
                && context.tracker().inCopy()
                && context.effects().running()) {
            // Nobody is left to end the COPY, and what it did was not to be committed unseen.
            context.closeBoth();
        } else if (clientFinished
                && queue.isEmpty()
                && gate.isOpen()
                && !context.effects().running()
                && !context.keeping().running()) {
            context.upstream().flush();
            context.upstream().finish();
        }
    }

    /** What the client sent behind this cannot be read: as a server would, it answers what came before and then says so. */
    void breakOff(ErrorResponse error) {
        last = error;
        pump();
    }

    private void end(ErrorResponse error) {
        if (gate.isOpen() && queue.isEmpty()) {
            Batch unsynced = assembler.cut();
            if (unsynced != null) {
                gate.judge(unsynced);
            }
        }
        ReplyTracker tracker = context.tracker();
        if (gate.waiting() || gate.swallows() || tracker.inCopy()) {
            // Nobody is left who could go on with it.
            context.fail(error);
        } else if (gate.isOpen() && queue.isEmpty() && tracker.settled()) {
            context.fail(error);
        } else if (gate.isOpen() && queue.isEmpty() && !tracker.settlesByItself() && !lastAnswersAsked) {
            lastAnswersAsked = true;
            context.upstream().own(Substitutes.flush(context.upstream().allocator()));
        }
    }

    /** The client will send nothing more. */
    void clientFinished() {
        clientFinished = true;
        gate.clientFinished();
        pump();
    }

    boolean cancel() {
        return gate.cancel();
    }

    @Override
    public boolean finished() {
        return clientFinished;
    }

    @Override
    public boolean terminated() {
        return terminated || clientFinished;
    }

    /** Whether a batch waits unsent for a person, or for its time. */
    boolean holding() {
        return gate.waiting();
    }

    boolean idle() {
        return gate.isOpen() && queue.isEmpty() && assembler.isEmpty();
    }

    /** Releases everything; a hold ends with the given resolution. */
    void close(Resolution resolution) {
        gate.close(resolution);
        queue.release();
        assembler.release();
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
                if (batch == null && context.tracker().inCopy()) {
                    batch = assembler.cut();
                }
                if (batch != null) {
                    gate.judge(batch);
                }
            }
            case PASSWORD, COPY_DATA -> {
                queue.release();
                frame.release();
                stray(frame.tag());
            }
        }
    }

    /** A message that nobody asked for: nothing behind it counts. */
    private void stray(byte tag) {
        context.services().metrics().protocolViolation("client");
        last = ErrorResponse.fatal(SqlState.PROTOCOL_VIOLATION, "invalid frontend message type " + (tag & 0xff));
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
        gate.judge(batch);
        return true;
    }
}
