package io.sallyport.proxy.session;

import io.sallyport.protocol.backend.Replies;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.gate.Ruling;

/**
 * The refusal of a {@code COPY … FROM STDIN} by simple Query. A client that is refused at once may send its data as
 * SQL (psql does, from a script), so it is first let send the data, to nobody, and refused at its end.
 */
final class RefusedCopy {
    private final Batch batch;
    private final BatchReading reading;
    private final Ruling.Deny denied;

    private RefusedCopy(Batch batch, BatchReading reading, Ruling.Deny denied) {
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

    static RefusedCopy start(ClientLink client, Batch batch, BatchReading reading, Ruling.Deny denied) {
        client.send(Replies.copyInResponse(client.allocator().buffer(8)));
        return new RefusedCopy(batch, reading, denied);
    }

    /** Whether the message belongs to the COPY and the server would not have answered it. */
    static boolean swallows(Piece piece) {
        byte tag = piece.tag();
        return tag == FrontendTag.COPY_DATA.code() || tag == FrontendTag.SYNC.code() || tag == FrontendTag.FLUSH.code();
    }

    /** Whether the message ends the COPY. */
    static boolean ends(Piece piece) {
        return piece.tag() == FrontendTag.COPY_DONE.code() || piece.tag() == FrontendTag.COPY_FAIL.code();
    }

    void refuse(Forwarder forwarder) {
        forwarder.refuse(batch, reading, denied);
    }

    void release() {
        batch.release();
    }
}
