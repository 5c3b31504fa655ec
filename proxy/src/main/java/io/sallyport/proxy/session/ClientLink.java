package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The session's way to its client. All methods are called on the session's loop. */
public interface ClientLink {
    ByteBufAllocator allocator();

    /** Asked once start-up is over: TLS, where it is wanted, has been negotiated by then. */
    default LegSecurity security() {
        return LegSecurity.PLAIN;
    }

    /** Whether the client's certificate, where it showed one, may be used for this role ({@code tls.client_roles}). */
    default boolean permits(String role) {
        return true;
    }

    /** Whether the client's certificate, which was verified, alone proves this role ({@code tls.client_roles}). */
    default boolean certifies(String role) {
        return false;
    }

    /** Whether the socket itself is loopback's, whatever a load balancer says of who is behind it. */
    default boolean local() {
        return false;
    }

    /** Queues bytes; takes ownership. */
    void send(ByteBuf bytes);

    void flush();

    /** Whether it keeps as many unsent bytes as it should: what can be left out, is. */
    default boolean full() {
        return false;
    }

    /** Stops or resumes reading because the session holds as much as it may. */
    void queueFull(boolean full);

    /** Sends what is queued, then closes in a way that lets the client read it. */
    void closeAfterFlush();
}
