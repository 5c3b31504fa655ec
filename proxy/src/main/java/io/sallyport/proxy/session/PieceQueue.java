package io.sallyport.proxy.session;

import io.sallyport.protocol.frame.Piece;
import io.sallyport.proxy.config.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Client messages that wait their turn; says when the client's socket should not be read for a while. */
final class PieceQueue {
    /** What a queued message costs beyond its bytes: objects, and the share of a read buffer it keeps alive. */
    private static final int OVERHEAD = 512;

    private static final int EARLY = 64 * 1024;

    private final ClientLink client;
    private final int limit;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long bytes;
    private boolean full;

    /** @param limit in bytes; reading stops above it and goes on below half of it */
    PieceQueue(ClientLink client, int limit) {
        this.client = client;
        this.limit = limit;
    }

    /** For a client that is not let in yet: it could be anybody, and there may be thousands. */
    static PieceQueue early(ClientLink client, Limits limits) {
        return new PieceQueue(client, Math.min(limits.queuedBytes(), EARLY));
    }

    void add(Piece piece) {
        pieces.add(piece);
        bytes += cost(piece);
    }

    void addFirst(Piece piece) {
        pieces.addFirst(piece);
        bytes += cost(piece);
    }

    Piece first() {
        return pieces.element();
    }

    Piece remove() {
        Piece piece = pieces.remove();
        bytes -= cost(piece);
        return piece;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    boolean isFull() {
        return bytes > limit;
    }

    /** Stops or resumes the reading of the client, where that changed. */
    void measure() {
        boolean now = bytes > (full ? limit / 2 : limit);
        if (now != full) {
            full = now;
            client.queueFull(now);
        }
    }

    /** Gives all of it away, in order, with what comes in meanwhile. */
    void drain(Consumer<Piece> taker) {
        while (!isEmpty()) {
            taker.accept(remove());
        }
    }

    void release() {
        pieces.forEach(Piece::release);
        pieces.clear();
        bytes = 0;
    }

    private static int cost(Piece piece) {
        return piece.bytes().readableBytes() + OVERHEAD;
    }
}
