package io.sallyport.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.sallyport.proxy.session.ClientLink;
import io.sallyport.proxy.session.LegSecurity;
import java.net.InetSocketAddress;

/** The client's socket as the session sees it. */
final class ChannelClientLink implements ClientLink {
    private final Channel channel;
    private final ReadGate gate;
    private boolean closing;

    ChannelClientLink(Channel channel, ReadGate gate) {
        this.channel = channel;
        this.gate = gate;
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public LegSecurity security() {
        return ClientEncryption.of(channel);
    }

    @Override
    public boolean local() {
        return channel.remoteAddress() instanceof InetSocketAddress socket
                && socket.getAddress().isLoopbackAddress();
    }

    @Override
    public boolean permits(String role) {
        return ClientEncryption.permits(channel, role);
    }

    @Override
    public boolean certifies(String role) {
        return ClientEncryption.certifies(channel, role);
    }

    @Override
    public void send(ByteBuf bytes) {
        if (closing) {
            bytes.release();
        } else {
            channel.write(bytes, channel.voidPromise());
        }
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public boolean full() {
        return !channel.isWritable();
    }

    @Override
    public void queueFull(boolean full) {
        gate.set(ReadGate.Reason.QUEUE_FULL, full);
    }

    @Override
    public void closeAfterFlush() {
        if (!closing) {
            closing = true;
            gate.open();
            ClosingChannel.afterFlush(channel);
        }
    }
}
