package io.sallyport.proxy.admin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.sallyport.proxy.admin.http.Reply;
import java.util.concurrent.atomic.AtomicInteger;

/** Collects the body of each request: a small one, or, of a few requests at a time, a script. Who sends them is not known yet. */
final class BodyBounds extends ChannelInboundHandlerAdapter {
    /** A script of 256 KiB, each byte of which JSON may write as six. */
    static final int LARGEST_SCRIPT = 1024 * 1024;

    private static final int MOST_SCRIPTS = 8;
    private static final String SCRIPTS = "/api/v1/grants";

    private final AtomicInteger scripts;
    private boolean counted;

    /** @param scripts how many are being sent, over all connections */
    BodyBounds(AtomicInteger scripts) {
        this.scripts = scripts;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.pipeline().addAfter(context.name(), Collector.NAME, new Collector(AdminPipeline.LARGEST_BODY));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            bound(context, request.uri().startsWith(SCRIPTS));
        }
        boolean last = message instanceof LastHttpContent;
        context.fireChannelRead(message);
        if (last) {
            leave();
        }
    }

    private void bound(ChannelHandlerContext context, boolean script) {
        leave();
        counted = script && scripts.incrementAndGet() <= MOST_SCRIPTS;
        if (script && !counted) {
            scripts.decrementAndGet();
        }
        int largest = counted ? LARGEST_SCRIPT : AdminPipeline.LARGEST_BODY;
        Collector collector = context.pipeline().get(Collector.class);
        if (collector.maxContentLength() != largest) {
            context.pipeline().replace(collector, Collector.NAME, new Collector(largest));
        }
    }

    private void leave() {
        if (counted) {
            counted = false;
            scripts.decrementAndGet();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leave();
        context.fireChannelInactive();
    }

    /** Netty's own answer to an oversized body has no words in it. */
    private static final class Collector extends HttpObjectAggregator {
        static final String NAME = "body";

        Collector(int largest) {
            super(largest, true);
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
            Responses.lastOf(
                    context,
                    Reply.error(
                            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                            "expected a body of at most " + maxContentLength() + " bytes"));
        }
    }
}
