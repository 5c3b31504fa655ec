package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.gate.Permit;

/** The session's way to its server. All methods are called on the session's loop. */
public interface UpstreamLink {
    ByteBufAllocator allocator();

    /** A link is handed over only after TLS, where it is wanted, has been negotiated. */
    default LegSecurity security() {
        return LegSecurity.PLAIN;
    }

    /**
     * Sends what the permit covers: the only way for client statements. The frames covered are consumed.
     *
     * @param substitutes messages of our own that go in place of the client's
     */
    void forward(Permit permit, Batch batch, Substitutes substitutes);

    /**
     * Sends a client message that carries no statement: authentication, COPY data and its end, Terminate, and Sync
     * where the batch before it was refused.
     *
     * @throws IllegalArgumentException for any other message
     */
    void relay(Piece piece);

    /** Sends bytes of our own, or the start-up packet; takes ownership. */
    void own(ByteBuf bytes);

    void flush();

    /** Forwards the client's end of stream. */
    void finish();

    void close();
}
