package io.sallyport.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.session.LegSecurity;
import io.sallyport.proxy.session.Substitutes;
import io.sallyport.proxy.session.UpstreamLink;
import java.util.List;
import java.util.Objects;

/** The server's socket as the session sees it. */
final class ChannelUpstreamLink implements UpstreamLink {
    /** Up to this many bytes, messages of one batch are put together: cheaper than handing each to the kernel apart. */
    private static final int SMALL = 4 * 1024;

    private final Channel channel;
    private final ProxyMetrics metrics;
    private boolean finished;

    ChannelUpstreamLink(Channel channel, ProxyMetrics metrics) {
        this.channel = channel;
        this.metrics = metrics;
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public LegSecurity security() {
        return UpstreamEncryption.of(channel);
    }

    @Override
    public void forward(Permit permit, Batch batch, Substitutes substitutes) {
        List<Frame> frames = permit.redeem(batch);
        int length = frames.size() > 1 && substitutes.isEmpty() ? length(frames) : SMALL + 1;
        if (length <= SMALL) {
            ByteBuf joined = channel.alloc().ioBuffer(length, length);
            for (Frame frame : frames) {
                joined.writeBytes(frame.bytes());
                frame.release();
            }
            write(joined);
            return;
        }
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            ByteBuf ours = substitutes.take(i);
            if (ours != null) {
                frame.release();
                own(ours);
            } else {
                write(frame.bytes());
            }
        }
    }

    private static int length(List<Frame> frames) {
        long length = 0;
        for (Frame frame : frames) {
            length += frame.length();
        }
        return (int) Math.min(length, Integer.MAX_VALUE);
    }

    @Override
    public void relay(Piece piece) {
        switch (Objects.requireNonNull(FrontendTag.of(piece.tag()))) {
            case PASSWORD, COPY_DATA, COPY_DONE, COPY_FAIL, TERMINATE, SYNC -> write(piece.bytes());
            case QUERY, PARSE, BIND, DESCRIBE, EXECUTE, CLOSE, FLUSH, FUNCTION_CALL -> {
                piece.release();
                throw new IllegalArgumentException("a statement needs a permit: " + piece);
            }
        }
    }

    @Override
    public void own(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
    }

    private void write(ByteBuf bytes) {
        metrics.relayed(true, bytes.readableBytes());
        channel.write(bytes, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void finish() {
        if (!finished) {
            finished = true;
            ClosingChannel.shutdownOutput(channel);
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
