package io.sallyport.proxy.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.nio.channels.NotYetConnectedException;

/**
 * Stands first in a socket's pipeline until it is connected. Epoll may call a socket ready to be read that is not connected yet; Netty then reads, and
 * reports that (netty#10411). It says nothing of the connection: whether that comes about, its future tells.
 */
final class Connecting extends ChannelInboundHandlerAdapter {
    /** Sets up a pipeline of this and another handler. */
    static ChannelHandler before(ChannelHandler handler) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Connecting(), handler);
            }
        };
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.fireChannelActive();
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof NotYetConnectedException)) {
            context.fireExceptionCaught(cause);
        }
    }
}
