package io.sallyport.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.util.concurrent.ScheduledFuture;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.proxy.metrics.ProxyMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands first on a load balancer's connection: no handler behind it hears of the connection before the header has said
 * whose it is. Then it goes.
 */
final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ProxyHeaderHandler.class);

    private final Duration patience;
    private final ProxyMetrics metrics;
    private @Nullable ByteBuf received;
    private @Nullable ScheduledFuture<?> timer;

    ProxyHeaderHandler(Duration patience, ProxyMetrics metrics) {
        this.patience = patience;
        this.metrics = metrics;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        received = context.alloc().buffer(256);
        timer = context.executor()
                .schedule(
                        () -> refuse(context, "no PROXY protocol header came in time"),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf all = received;
        if (all == null) {
            bytes.release();
            return;
        }
        all.writeBytes(bytes);
        bytes.release();
        try {
            ProxyHeader header = ProxyHeader.read(all);
            if (header != null) {
                pass(context, all, header);
            }
        } catch (ProtocolViolation violation) {
            refuse(context, String.valueOf(violation.getMessage()));
        }
    }

    private void pass(ChannelHandlerContext context, ByteBuf rest, ProxyHeader header) {
        received = null;
        stopTimer();
        if (header.source() != null) {
            ClientAddress.announced(context.channel(), header.source());
        }
        // First, so that TLS, which may begin with the bytes behind the header, does not find this in its way.
        context.pipeline().remove(this);
        context.fireChannelActive();
        if (rest.isReadable()) {
            context.fireChannelRead(rest);
        } else {
            rest.release();
        }
    }

    /** Nothing is said: whoever speaks out of turn is no client. */
    private void refuse(ChannelHandlerContext context, String why) {
        release();
        metrics.connectionRefused("proxy_header");
        log.info("connection from {} closed: {}", context.channel().remoteAddress(), why);
        context.close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // The handlers behind know nothing of the connection yet.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownReadComplete) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        release();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void release() {
        stopTimer();
        if (received != null) {
            received.release();
            received = null;
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
