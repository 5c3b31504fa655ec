package io.sallyport.proxy.session;

import io.sallyport.protocol.backend.Replies;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.gate.Ruling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The refusal of a {@code COPY … FROM STDIN} by simple Query. A client that is refused at once may send its data as
 * SQL (psql does, from a script), so it is first let send the data, to nobody, and refused at its end.
 */
final class RefusedCopy {
    private final Batch batch;
    private final BatchReading reading;
    private final Ruling.Deny denied;
    private boolean over;

    RefusedCopy(Batch batch, BatchReading reading, Ruling.Deny denied) {
        this.batch = batch;
        this.reading = reading;
        this.denied = denied;
    }

    /** Whether the refused message is a Query after which the client would send COPY data. */
    static boolean concerns(Batch batch, BatchReading reading, Ruling.Deny denied) {
        return batch.frame(denied.index()).tag() == FrontendTag.QUERY.code()
                && reading.points().stream()
                        .filter(point -> point.index() == denied.index())
                        .flatMap(point -> point.texts().stream())
                        .anyMatch(SqlText::copiesFromClient);
    }

    /** Lets the client send its data. */
    RefusedCopy start(OwnMessages own, ClientLink client) {
        own.send(Replies.copyInResponse(client.allocator().buffer(8)));
        return this;
    }

    /**
     * Swallows what belongs to the COPY; refuses it when something ends it.
     *
     * @return the message, where it did not belong to the COPY, else null
     */
    @Nullable
    Piece take(Piece piece, Forwarder forwarder) {
        boolean belongs = switch (Objects.requireNonNull(FrontendTag.of(piece.tag()))) {
            case COPY_DATA, SYNC, FLUSH -> true;
            case COPY_DONE, COPY_FAIL -> {
                over = true;
                yield true;
            }
            case QUERY, PARSE, BIND, DESCRIBE, EXECUTE, CLOSE, FUNCTION_CALL, TERMINATE, PASSWORD -> {
                over = true;
                yield false;
            }
        };
        if (over) {
            forwarder.refuse(batch, reading, denied);
        }
        if (belongs) {
            piece.release();
            return null;
        }
        return piece;
    }

    /** Whether the client is done with its data, and was refused. */
    boolean over() {
        return over;
    }

    void release() {
        batch.release();
    }
}
