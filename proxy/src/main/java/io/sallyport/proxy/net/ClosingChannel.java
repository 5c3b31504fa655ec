package io.sallyport.proxy.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/** Closing so that the peer still reads what was sent last. */
final class ClosingChannel {
    /** How long a client has to read our last words before the socket is closed under it. */
    private static final long LINGER_MILLIS = 2_000;

    private ClosingChannel() {}

    /**
     * Sends what is queued and our FIN, goes on reading (and discarding), and closes when the peer has closed too or
     * the time is up. Closing at once would answer unread bytes by RST, and the client would lose our error.
     */
    static void afterFlush(Channel channel) {
        if (!channel.isActive()) {
            channel.close();
            return;
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (!flushed.isSuccess()) {
                channel.close();
                return;
            }
            shutdownOutput(channel, () -> {
                if (((DuplexChannel) channel).isInputShutdown()) {
                    channel.close();
                }
            });
        });
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sends our FIN behind what was written; over TLS the stream is ended first, so that the end is seen to be meant. */
    static void shutdownOutput(Channel channel) {
        shutdownOutput(channel, () -> {});
    }

    private static void shutdownOutput(Channel channel, Runnable then) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            ((DuplexChannel) channel).shutdownOutput().addListener(shut -> then.run());
        } else {
            tls.closeOutbound()
                    .addListener(
                            ended -> ((DuplexChannel) channel).shutdownOutput().addListener(shut -> then.run()));
        }
    }
}
