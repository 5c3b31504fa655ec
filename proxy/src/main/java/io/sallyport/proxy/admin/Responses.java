package io.sallyport.proxy.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.sallyport.proxy.admin.http.Reply;
import java.util.concurrent.TimeUnit;

/** Answers as HTTP, with what every browser is told. */
final class Responses {
    private static final int LINGERS_SECONDS = 1;

    /** Scripts and styles come from files of this server alone, none from the document; nobody frames it. */
    private static final String CONTENT_SECURITY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'";

    private Responses() {}

    /** The codec leaves the body out of the answer to HEAD by itself, and keeps its length. */
    static FullHttpResponse whole(Reply reply) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, reply.status(), Unpooled.wrappedBuffer(reply.body()));
        common(response.headers(), reply.contentType()).set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        reply.headers().forEach(response.headers()::set);
        reply.cookies().forEach(cookie -> response.headers().add(HttpHeaderNames.SET_COOKIE, cookie));
        return response;
    }

    /** The head of an answer whose end is not known. */
    static HttpResponse events() {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpUtil.setTransferEncodingChunked(response, true);
        // A reverse proxy would otherwise collect events before it passes them on.
        common(response.headers(), "text/event-stream; charset=utf-8").set("x-accel-buffering", "no");
        return response;
    }

    static void lastOf(ChannelHandlerContext context, Reply reply) {
        FullHttpResponse response = whole(reply);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(written -> end(context));
    }

    /** A client that is still sending would lose the answer to a reset: it may finish, for a while, and nobody listens. */
    private static void end(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (channel instanceof DuplexChannel duplex && context.pipeline().get(SslHandler.class) == null) {
            duplex.shutdownOutput();
            context.executor().schedule(() -> channel.close(), LINGERS_SECONDS, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }

    private static HttpHeaders common(HttpHeaders headers, String contentType) {
        return headers.set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("x-content-type-options", "nosniff")
                .set("content-security-policy", CONTENT_SECURITY)
                .set("x-frame-options", "DENY")
                .set("referrer-policy", "no-referrer")
                .set("cross-origin-opener-policy", "same-origin")
                .set("cross-origin-resource-policy", "same-origin");
    }
}
