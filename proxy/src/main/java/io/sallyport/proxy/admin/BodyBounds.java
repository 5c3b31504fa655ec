package io.sallyport.proxy.admin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.sallyport.proxy.admin.http.Reply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Collects the body of each request: a small one, or, of a few requests at a time, a script. Who sends them is not known yet. */
final class BodyBounds extends ChannelInboundHandlerAdapter {
    /** A script of 256 KiB, each byte of which JSON may write as six. */
    static final int LARGEST_SCRIPT = 1024 * 1024;

    /** Of a whole body, however slowly it comes. */
    private static final int LONGEST_SECONDS = 30;

    private static final String SCRIPTS = "/api/v1/grants";

    private final AddressSlots scripts;
    private @Nullable InetAddress counted;
    private @Nullable ScheduledFuture<?> deadline;

    /** @param scripts those that are being sent, over all connections */
    BodyBounds(AddressSlots scripts) {
        this.scripts = scripts;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.pipeline().addAfter(context.name(), Collector.NAME, new Collector(AdminPipeline.LARGEST_BODY, false));
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
        if (script) {
            take(context);
        }
        boolean busy = script && counted == null;
        int largest = counted == null ? AdminPipeline.LARGEST_BODY : LARGEST_SCRIPT;
        Collector collector = context.pipeline().get(Collector.class);
        if (collector.maxContentLength() != largest || collector.busy != busy) {
            context.pipeline().replace(collector, Collector.NAME, new Collector(largest, busy));
        }
    }

    private void take(ChannelHandlerContext context) {
        InetAddress from = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
        if (scripts.take(from)) {
            counted = from;
            deadline = context.executor().schedule(() -> context.close(), LONGEST_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void leave() {
        InetAddress from = counted;
        if (from != null) {
            counted = null;
            scripts.leave(from);
        }
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
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

        /** Whether it would take more, were there room for more. */
        private final boolean busy;

        Collector(int largest, boolean busy) {
            super(largest, true);
            this.busy = busy;
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
            Responses.lastOf(
                    context,
                    busy
                            ? Reply.error(
                                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                                            "too many files are being sent already; try again")
                                    .with("retry-after", "10")
                            : Reply.error(
                                    HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                                    "expected a body of at most " + maxContentLength() + " bytes"));
        }
    }
}
