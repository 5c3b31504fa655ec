package io.sallyport.proxy.session.fakes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.session.LegSecurity;
import io.sallyport.proxy.session.Substitutes;
import io.sallyport.proxy.session.UpstreamLink;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Keeps what a server would read; redeems permits as the real link does. */
public final class FakeUpstream implements UpstreamLink {
    private final ByteBufAllocator allocator;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean finished;
    private boolean closed;
    private LegSecurity security = LegSecurity.PLAIN;

    FakeUpstream(ByteBufAllocator allocator) {
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
    public ByteBufAllocator allocator() {
        return allocator;
    }

    @Override
    public void forward(Permit permit, Batch batch, Substitutes substitutes) {
        List<Frame> frames = permit.redeem(batch);
        for (int i = 0; i < frames.size(); i++) {
            ByteBuf ours = substitutes.take(i);
            if (ours != null) {
                frames.get(i).release();
                own(ours);
            } else {
                own(frames.get(i).bytes());
            }
        }
    }

    @Override
    public void relay(Piece piece) {
        switch ((char) piece.tag()) {
            case 'p', 'd', 'c', 'f', 'X', 'S' -> own(piece.bytes());
            default -> throw new AssertionError("a statement went out without a permit: " + piece);
        }
    }

    @Override
    public void own(ByteBuf bytes) {
        received.writeBytes(take(bytes));
    }

    @Override
    public void flush() {}

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Whether the client's end of stream was passed on. */
    public boolean finished() {
        return finished;
    }

    public boolean closed() {
        return closed;
    }

    /** What reached the server since the last call, as bytes. */
    public byte[] takeBytes() {
        byte[] bytes = received.toByteArray();
        received.reset();
        return bytes;
    }

    /** What reached the server since the last call, a line a message, as {@link FrontendText} writes it. */
    public List<String> take() {
        return FrontendText.of(takeBytes());
    }

    static byte[] take(ByteBuf bytes) {
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        bytes.release();
        return copy;
    }
}
