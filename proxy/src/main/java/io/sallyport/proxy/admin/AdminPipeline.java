package io.sallyport.proxy.admin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One HTTP connection: small requests, and not for long without a word. */
final class AdminPipeline extends ChannelInitializer<SocketChannel> {
    static final int LONGEST_LINE = 4096;
    static final int LARGEST_HEADERS = 16 * 1024;
    static final int LARGEST_BODY = 8 * 1024;
    private static final int CHUNK = 8 * 1024;

    private final AdminPages pages;
    private final Duration idle;

    AdminPipeline(AdminPages pages, Duration idle) {
        this.pages = pages;
        this.idle = idle;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        channel.pipeline()
                .addLast(new IdleStateHandler(0, 0, idle.toMillis(), TimeUnit.MILLISECONDS))
                .addLast(new HttpServerCodec(LONGEST_LINE, LARGEST_HEADERS, CHUNK))
                .addLast(new HttpServerKeepAliveHandler())
                .addLast(new BoundedBody())
                .addLast(new AdminHandler(pages));
    }

    /** Netty's own answer to an oversized body has no words in it. */
    private static final class BoundedBody extends HttpObjectAggregator {
        BoundedBody() {
            super(LARGEST_BODY, true);
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
            AdminHandler.closeAfter(
                    context,
                    AdminPage.error(
                            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                            "expected a body of at most " + LARGEST_BODY + " bytes"));
        }
    }
}
