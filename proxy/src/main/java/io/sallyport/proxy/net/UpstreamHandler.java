package io.sallyport.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sallyport.proxy.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's socket: only translates events into calls on the session. */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(UpstreamHandler.class);

    private final Session session;
    private final Legs legs;

    UpstreamHandler(Session session, Legs legs) {
        this.session = session;
        this.legs = legs;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        session.upstreamBytes((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        session.upstreamReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        legs.upstreamWritable(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.upstreamGone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("server: {}", cause.toString());
        context.close();
    }
}
