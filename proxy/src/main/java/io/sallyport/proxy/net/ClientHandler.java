package io.sallyport.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.FrameChunk;
import io.sallyport.protocol.frame.FrameDecoder;
import io.sallyport.protocol.frame.FrameSink;
import io.sallyport.protocol.frontend.FrameLimits;
import io.sallyport.protocol.frontend.StartupDecoder;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's socket: start-up packets first, then messages. Only translates events into calls on the session; a
 * CancelRequest, which is no session, goes to {@link CancelRequests}.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter implements FrameSink {
    private static final Logger log = LoggerFactory.getLogger(ClientHandler.class);

    private final FrameLimits limits;
    private final SessionFactory sessions;
    private final CancelRequests cancels;
    private final ClientEncryption encryption;

    private @Nullable Session session;
    private @Nullable FrameDecoder decoder;

    /** Bytes of an unfinished start-up packet. */
    private @Nullable ByteBuf startup;

    private boolean over;
    private boolean unreadable;
    private boolean asked;
    private boolean encrypted;
    private boolean direct;
    private boolean finished;

    ClientHandler(FrameLimits limits, SessionFactory sessions, CancelRequests cancels, ClientEncryption encryption) {
        this.encryption = encryption;
        this.limits = limits;
        this.sessions = sessions;
        this.cancels = cancels;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        session = sessions.create(context.channel());
        if (session == null) {
            over = true;
            context.close();
            return;
        }
        startup = context.alloc().buffer(256);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        Session current = session;
        if (over || current == null) {
            bytes.release();
            return;
        }
        try {
            if (decoder != null) {
                read(current, decoder, bytes);
            } else {
                startUp(context, current, bytes);
            }
        } catch (ProtocolViolation violation) {
            breakOff(current, violation);
        }
    }

    private void breakOff(Session current, ProtocolViolation violation) {
        over = true;
        unreadable = true;
        current.clientUnreadable(violation);
    }

    private void read(Session current, FrameDecoder frames, ByteBuf bytes) {
        current.clientRead(() -> {
            try {
                frames.feed(bytes);
            } catch (ProtocolViolation violation) {
                breakOff(current, violation);
            }
        });
    }

    private void startUp(ChannelHandlerContext context, Session current, ByteBuf bytes) {
        ByteBuf packets = startup;
        if (packets == null) {
            bytes.release();
            return;
        }
        if (!encrypted && !packets.isReadable() && bytes.isReadable() && directTls(context, bytes)) {
            return;
        }
        try {
            packets.writeBytes(bytes);
        } finally {
            bytes.release();
        }
        while (decoder == null && !over) {
            StartupRequest request = StartupDecoder.decode(packets);
            if (request == null) {
                return;
            }
            if (request instanceof StartupRequest.Startup startupMessage) {
                start(context, current, startupMessage);
            } else if (request instanceof StartupRequest.Cancel cancel) {
                over = true;
                cancels.handle(context.channel(), cancel);
            } else {
                // Bytes sent before our answer were not meant for an unencrypted session (CVE-2021-23214).
                if (packets.isReadable()) {
                    throw new ProtocolViolation("received unencrypted data after SSL or GSSAPI encryption request");
                }
                asked = true;
                boolean accepted = request instanceof StartupRequest.Ssl && encryption.offered() && !encrypted;
                context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {(byte) (accepted ? 'S' : 'N')}));
                if (accepted) {
                    encrypted = true;
                    encryption.begin(context.channel());
                }
            }
        }
        ByteBuf rest = packets;
        startup = null;
        if (decoder != null && rest.isReadable()) {
            decoder.feed(rest);
        } else {
            rest.release();
        }
    }

    /** TLS without a question before it, where the first byte tells; the bytes go the way of all later ones. */
    private boolean directTls(ChannelHandlerContext context, ByteBuf bytes) {
        if (asked || !encryption.direct(bytes.getUnsignedByte(bytes.readerIndex()))) {
            return false;
        }
        encrypted = true;
        direct = true;
        encryption.begin(context.channel());
        context.pipeline().fireChannelRead(bytes);
        return true;
    }

    private void start(ChannelHandlerContext context, Session current, StartupRequest.Startup request) {
        ErrorResponse refusal = encryption.refusal(context.channel());
        if (refusal == null) {
            decoder = new FrameDecoder(new EarlyLimits(limits, current::letIn), context.alloc(), this);
            current.startup(request);
        } else {
            over = true;
            request.bytes().release();
            current.refuse(refusal);
        }
    }

    @Override
    public void frame(Frame frame) {
        if (session != null) {
            session.clientPiece(frame);
        }
    }

    @Override
    public void chunk(FrameChunk chunk) {
        if (session != null) {
            session.clientPiece(chunk);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (session != null) {
            session.flush();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done) {
            handshake(context, done);
        } else if (event instanceof ChannelInputShutdownReadComplete && nothingLeft(context)) {
            context.close();
        } else if (event instanceof ChannelInputShutdownReadComplete
                || (event instanceof SslCloseCompletionEvent closed && closed.isSuccess())) {
            finish();
        }
    }

    /** Whether nobody says anything any more; answers to what could be read before what cannot may be on their way. */
    private boolean nothingLeft(ChannelHandlerContext context) {
        boolean saidGoodbye = context.channel() instanceof DuplexChannel channel && channel.isOutputShutdown();
        return saidGoodbye || (over && !unreadable);
    }

    /** The end of the TLS stream, or of the TCP stream, whichever comes first. */
    private void finish() {
        if (session != null && !finished && !over) {
            finished = true;
            session.clientFinished();
        }
    }

    /** A peer that begins with TLS must name our protocol, for it may believe to speak to another service (ALPACA). */
    private void handshake(ChannelHandlerContext context, SslHandshakeCompletionEvent done) {
        SslHandler handler = context.pipeline().get(SslHandler.class);
        boolean named = handler != null && ClientEncryption.PROTOCOL.equals(handler.applicationProtocol());
        if (!done.isSuccess() || (direct && !named)) {
            over = true;
            log.info(
                    "client {}: {}",
                    context.channel().remoteAddress(),
                    done.isSuccess() ? "direct TLS without ALPN postgresql" : Certificates.failure(done.cause()));
            encryption.handshakeFailed();
            context.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Legs legs = Legs.of(context.channel());
        legs.clientWritable(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        over = true;
        if (startup != null) {
            startup.release();
            startup = null;
        }
        if (decoder != null) {
            decoder.close();
        }
        if (session != null) {
            session.clientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset by the peer is everyday; anything else is worth a line.
        log.debug("client {}: {}", context.channel().remoteAddress(), cause.toString());
        context.close();
    }
}
