package io.sallyport.proxy.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;

/** Answers whole requests; what is not HTTP gets one error and the connection is closed. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final AdminPages pages;

    AdminHandler(AdminPages pages) {
        this.pages = pages;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(context, request.decoderResult().cause());
        } else {
            context.writeAndFlush(response(pages.answer(request.method(), request.uri())))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
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
        AdminPage page = AdminPage.error(HttpResponseStatus.BAD_REQUEST, "not a readable HTTP request");
        if (cause instanceof TooLongHttpLineException) {
            page = AdminPage.error(HttpResponseStatus.REQUEST_URI_TOO_LONG, "expected a shorter request line");
        } else if (cause instanceof TooLongHttpHeaderException) {
            page = AdminPage.error(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "expected shorter headers");
        }
        closeAfter(context, page);
    }

    static void closeAfter(ChannelHandlerContext context, AdminPage page) {
        FullHttpResponse response = response(page);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** The codec leaves the body out of the answer to HEAD by itself, and keeps its length. */
    private static FullHttpResponse response(AdminPage page) {
        byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, page.status(), Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, page.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("x-content-type-options", "nosniff");
        if (page.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
        }
        return response;
    }
}
