package io.sallyport.proxy.admin;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.EventStream;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.admin.http.Responder;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Answers whole requests, one after the other; what is not HTTP gets one error and the connection is closed. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final int MOST_PIPELINED = 16;

    private final AdminPages pages;
    private final @Nullable Responder web;
    private final Queue<Request> pipelined = new ArrayDeque<>();
    private boolean answering;

    AdminHandler(AdminPages pages, @Nullable Responder web) {
        this.pages = pages;
        this.web = web;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
        if (message.decoderResult().isFailure()) {
            refuse(context, message.decoderResult().cause());
            return;
        }
        Request request = new Request(
                message.method(),
                message.uri(),
                message.headers(),
                ByteBufUtil.getBytes(message.content()),
                (InetSocketAddress) context.channel().remoteAddress(),
                context.pipeline().get(SslHandler.class) != null);
        if (!answering) {
            answer(context, request);
        } else if (pipelined.size() >= MOST_PIPELINED || request.body().length > AdminPipeline.LARGEST_BODY) {
            // Whoever does not read answers, or sends large bodies behind each other, keeps no more than this in
            // memory.
            close(context);
        } else {
            pipelined.add(request);
        }
    }

    private void answer(ChannelHandlerContext context, Request request) {
        Responder responder = web;
        answering = true;
        if (responder == null || AdminPages.serves(request.path())) {
            answered(context, pages.answer(request.method(), request.path()));
        } else {
            responder.answer(request, answer -> onLoop(context, () -> answered(context, answer)));
        }
    }

    private void answered(ChannelHandlerContext context, Answer answer) {
        if (answer instanceof EventStream stream) {
            // The connection is the stream's from now on.
            stream.subscriber().accept(ChannelEvents.begin(context));
            return;
        }
        context.writeAndFlush(Responses.whole((Reply) answer)).addListener(written -> {
            if (written.isSuccess()) {
                next(context);
            } else {
                close(context);
            }
        });
    }

    /** Only once the answer before has gone: the client may not read. */
    private void next(ChannelHandlerContext context) {
        answering = false;
        Request next = pipelined.poll();
        if (next != null) {
            answer(context, next);
        }
    }

    private static void onLoop(ChannelHandlerContext context, Runnable task) {
        try {
            context.executor().execute(task);
        } catch (RejectedExecutionException stopped) {
            close(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent) {
            close(context);
        } else {
            super.userEventTriggered(context, event);
        }
    }

    /** A connection that breaks is nothing to report. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(context);
    }

    private static void close(ChannelHandlerContext context) {
        var unused = context.close();
    }

    private static void refuse(ChannelHandlerContext context, Throwable cause) {
        Reply reply = Reply.error(HttpResponseStatus.BAD_REQUEST, "not a readable HTTP request");
        if (cause instanceof TooLongHttpLineException) {
            reply = Reply.error(HttpResponseStatus.REQUEST_URI_TOO_LONG, "expected a shorter request line");
        } else if (cause instanceof TooLongHttpHeaderException) {
            reply = Reply.error(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "expected shorter headers");
        }
        Responses.lastOf(context, reply);
    }
}
