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
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One HTTP connection: small requests, and not for long without a word. */
final class AdminPipeline extends ChannelInitializer<SocketChannel> {
    static final int LONGEST_LINE = 4096;
    static final int LARGEST_HEADERS = 16 * 1024;
    static final int LARGEST_BODY = 8 * 1024;
    static final int MOST_SCRIPTS = 8;
    static final int MOST_SCRIPTS_OF_ONE = 2;
    private static final int MOST_CONNECTIONS = 1_000;

    /** One that takes all it can leaves room for probes. */
    private static final int MOST_CONNECTIONS_OF_ONE = 400;

    private static final int CHUNK = 8 * 1024;

    private final AdminPages pages;
    private final @Nullable Responder web;
    private final @Nullable Reloading<AdminTls> tls;
    private final Duration idle;
    private final AddressSlots scripts = new AddressSlots(MOST_SCRIPTS, MOST_SCRIPTS_OF_ONE);
    private final AddressSlots connections = new AddressSlots(MOST_CONNECTIONS, MOST_CONNECTIONS_OF_ONE);

    AdminPipeline(AdminPages pages, @Nullable Responder web, @Nullable Reloading<AdminTls> tls, Duration idle) {
        this.pages = pages;
        this.web = web;
        this.tls = tls;
        this.idle = idle;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        InetAddress from = channel.remoteAddress() == null
                ? InetAddress.getLoopbackAddress()
                : channel.remoteAddress().getAddress();
        if (!connections.take(from)) {
            var unused = channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> connections.leave(from));
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
