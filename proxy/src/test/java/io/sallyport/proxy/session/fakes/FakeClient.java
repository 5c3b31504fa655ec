package io.sallyport.proxy.session.fakes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.proxy.session.ClientLink;
import io.sallyport.proxy.session.LegSecurity;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a client would read. */
public final class FakeClient implements ClientLink {
    private final ByteBufAllocator allocator;
    private final ByteArrayOutputStream unflushed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<Boolean> queueFull = new ArrayList<>();
    private boolean closed;
    private LegSecurity security = LegSecurity.PLAIN;
    private boolean full;
    private String certified = "";
    private @Nullable String permitted;

    FakeClient(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    @Override
    public LegSecurity security() {
        return security;
    }

    public void security(LegSecurity leg) {
        security = leg;
    }

    @Override
    public boolean permits(String role) {
        return permitted == null || role.equals(permitted);
    }

    /** Plays one whose certificate may be used for this role alone. */
    public void permitted(String role) {
        permitted = role;
    }

    @Override
    public boolean certifies(String role) {
        return role.equals(certified);
    }

    /** Plays one whose certificate stands for this role. */
    public void certified(String role) {
        certified = role;
    }

    @Override
    public ByteBufAllocator allocator() {
        return allocator;
    }

    @Override
    public void send(ByteBuf bytes) {
        byte[] copy = FakeUpstream.take(bytes);
        if (!closed) {
            unflushed.writeBytes(copy);
        }
    }

    @Override
    public void flush() {
        received.writeBytes(unflushed.toByteArray());
        unflushed.reset();
    }

    /** Whether it plays one that does not read. */
    public void full(boolean now) {
        full = now;
    }

    @Override
    public boolean full() {
        return full;
    }

    @Override
    public void queueFull(boolean full) {
        queueFull.add(full);
    }

    @Override
    public void closeAfterFlush() {
        flush();
        closed = true;
    }

    public boolean closed() {
        return closed;
    }

    /** Whether the session asked for reading to stop, and has not asked to resume. */
    public boolean stopped() {
        return !queueFull.isEmpty() && queueFull.get(queueFull.size() - 1);
    }

    /** What was flushed to the client since the last call, as bytes. */
    public byte[] takeBytes() {
        byte[] bytes = received.toByteArray();
        received.reset();
        return bytes;
    }

    /** What was flushed to the client since the last call, a line a message, as {@link BackendText} writes it. */
    public List<String> take() {
        return BackendText.of(takeBytes());
    }

    /** As {@link #take}, without the notices. */
    public List<String> takeReplies() {
        return take().stream().filter(line -> !line.startsWith("N ")).toList();
    }
}
