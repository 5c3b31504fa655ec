package io.sallyport.proxy.admin;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.sallyport.proxy.admin.http.Responder;
import io.sallyport.proxy.tls.AdminTls;
import io.sallyport.proxy.tls.Reloading;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One HTTP connection: small requests, and not for long without a word. */
final class AdminPipeline extends ChannelInitializer<SocketChannel> {
    static final int LONGEST_LINE = 4096;
    static final int LARGEST_HEADERS = 16 * 1024;
    static final int LARGEST_BODY = 8 * 1024;
    static final int MOST_CONNECTIONS = 1_000;
    private static final int CHUNK = 8 * 1024;

    private final AdminPages pages;
    private final @Nullable Responder web;
    private final @Nullable Reloading<AdminTls> tls;
    private final Duration idle;
    private final ScriptSlots scripts = new ScriptSlots();
    private final AtomicInteger connections = new AtomicInteger();

    AdminPipeline(AdminPages pages, @Nullable Responder web, @Nullable Reloading<AdminTls> tls, Duration idle) {
        this.pages = pages;
        this.web = web;
        this.tls = tls;
        this.idle = idle;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        boolean room = connections.incrementAndGet() <= MOST_CONNECTIONS;
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        if (!room) {
            var unused = channel.close();
            return;
        }
        ChannelPipeline pipeline =
                channel.pipeline().addLast(new IdleStateHandler(0, 0, idle.toMillis(), TimeUnit.MILLISECONDS));
        Reloading<AdminTls> offered = tls;
        if (offered != null) {
            // Probes may stay plain; passwords may not, see SignIn.
            pipeline.addLast(new OptionalSslHandler(offered.current().context()));
        }
        pipeline.addLast(new HttpServerCodec(LONGEST_LINE, LARGEST_HEADERS, CHUNK))
                .addLast(new HttpServerKeepAliveHandler())
                .addLast(new BodyBounds(scripts))
                .addLast(new AdminHandler(pages, web));
    }
}
