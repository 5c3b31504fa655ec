package io.sallyport.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.session.Session;
import io.sallyport.proxy.session.SessionDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CancelRequests: one that names a held batch withdraws it, every other one goes to the server as it is, whose key it
 * may be by way of another replica. The client's socket is closed only after the server closed its own, because libpq
 * waits for that to know that the signal was sent.
 */
final class CancelRequests {
    private static final Logger log = LoggerFactory.getLogger(CancelRequests.class);

    private final SessionDirectory directory;
    private final UpstreamSockets sockets;

    CancelRequests(SessionDirectory directory, UpstreamSockets sockets) {
        this.directory = directory;
        this.sockets = sockets;
    }

    void handle(Channel client, StartupRequest.Cancel cancel) {
        Session session = directory.find(cancel.key());
        if (session == null) {
            forward(client, cancel.bytes());
            return;
        }
        session.cancel(
                () -> client.eventLoop().execute(() -> {
                    cancel.bytes().release();
                    client.close();
                }),
                () -> client.eventLoop().execute(() -> forward(client, cancel.bytes())));
    }

    private void forward(Channel client, ByteBuf bytes) {
        sockets.connect(client.eventLoop(), new UntilClosed(client), upstream -> upstream.writeAndFlush(bytes), why -> {
            log.warn("a cancel request could not be forwarded: {}", why);
            bytes.release();
            client.close();
        });
    }

    /** The server answers nothing to a CancelRequest; its closing is the answer. */
    private static final class UntilClosed extends ChannelInboundHandlerAdapter {
        private final Channel client;

        UntilClosed(Channel client) {
            this.client = client;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            client.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
