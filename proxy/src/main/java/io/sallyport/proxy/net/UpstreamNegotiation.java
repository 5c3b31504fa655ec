package io.sallyport.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for TLS and leaves when that is settled. What the server says before the handshake is one byte: nothing
 * else of it counts, and nothing of it is ever shown to a client (CVE-2024-10977, CVE-2021-23222).
 */
final class UpstreamNegotiation extends ChannelInboundHandlerAdapter {
    /** Length 8, code 1234 5679. */
    private static final long SSL_REQUEST = (8L << 32) | (1234 << 16) | 5679;

    private final UpstreamEncryption encryption;
    private final Consumer<Channel> ready;
    private final Consumer<String> failed;
    private boolean asked;
    private @Nullable ScheduledFuture<?> patience;
    private boolean over;

    UpstreamNegotiation(UpstreamEncryption encryption, Consumer<Channel> ready, Consumer<String> failed) {
        this.encryption = encryption;
        this.ready = ready;
        this.failed = failed;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (encryption.direct()) {
            shake(context);
            return;
        }
        asked = true;
        context.writeAndFlush(context.alloc().buffer(Long.BYTES).writeLong(SSL_REQUEST));
        patience = context.executor()
                .schedule(
                        () -> fail(context, "the server did not answer SSLRequest in time"),
                        encryption.patienceMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (over || !asked || !bytes.isReadable()) {
                return;
            }
            asked = false;
            answered();
            byte answer = bytes.readByte();
            if (bytes.isReadable() || (answer != 'S' && answer != 'N')) {
                fail(context, "the server's answer to SSLRequest is neither S nor N alone");
            } else if (answer == 'S') {
                shake(context);
            } else if (encryption.plainWillDo()) {
                settle(context);
            } else {
                fail(context, "the server does not speak TLS, and upstream_tls.mode demands it");
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answered() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    private void shake(ChannelHandlerContext context) {
        context.pipeline().addFirst(encryption.handler(context.channel()));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done) {
            SslHandler handler = context.pipeline().get(SslHandler.class);
            if (!done.isSuccess()) {
                fail(context, "TLS: " + Certificates.failure(done.cause()));
            } else if (encryption.direct() && !ClientEncryption.PROTOCOL.equals(handler.applicationProtocol())) {
                fail(context, "the server did not agree to speak postgresql over TLS (ALPN)");
            } else {
                settle(context);
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void settle(ChannelHandlerContext context) {
        if (!over) {
            over = true;
            ready.accept(context.channel());
        }
    }

    private void fail(ChannelHandlerContext context, String why) {
        if (!over) {
            over = true;
            answered();
            context.close();
            failed.accept(why);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, "the server closed the connection before TLS was agreed on");
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, "TLS: " + Certificates.failure(cause));
    }
}
