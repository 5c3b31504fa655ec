package io.sallyport.proxy.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.sallyport.proxy.admin.http.EventSink;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;

/** Events on one HTTP connection, as chunks. */
final class ChannelEvents implements EventSink {
    private final Channel channel;

    private ChannelEvents(Channel channel) {
        this.channel = channel;
    }

    /** On the loop. */
    static ChannelEvents begin(ChannelHandlerContext context) {
        context.writeAndFlush(Responses.events()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        return new ChannelEvents(context.channel());
    }

    @Override
    public void send(String event, String json) {
        byte[] bytes = ("event: " + event + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
        try {
            channel.eventLoop().execute(() -> write(bytes));
        } catch (RejectedExecutionException stopped) {
            close();
        }
    }

    /** What the socket does not take is kept in memory: so nothing is added to it. */
    private void write(byte[] bytes) {
        if (channel.isWritable()) {
            channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } else {
            close();
        }
    }

    @Override
    public void close() {
        var unused = channel.close();
    }

    @Override
    public void onClose(Runnable action) {
        channel.closeFuture().addListener(closed -> action.run());
    }
}
