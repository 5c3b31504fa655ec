package io.sallyport.proxy.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sallyport.proxy.admin.http.Responder;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.tls.AdminTls;
import io.sallyport.proxy.tls.Reloading;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves probes, metrics and approvers on a thread of its own, so that a busy proxy still answers its probes. */
public final class AdminServer implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    private final EventLoopGroup loop;
    private final Channel listener;

    private AdminServer(EventLoopGroup loop, Channel listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /** Fails when the address cannot be listened on. Both suppliers are asked at each request, from the server's thread. */
    public static AdminServer start(HostAndPort address, Supplier<Readiness> readiness, Supplier<String> metrics)
            throws IOException {
        return start(address, new AdminPages(readiness, metrics), IDLE);
    }

    /**
     * With what approvers use.
     *
     * @param web answers whatever is not for probes; null for nothing
     * @param tls null speaks plain HTTP only
     */
    public static AdminServer start(
            HostAndPort address,
            Supplier<Readiness> readiness,
            Supplier<String> metrics,
            @Nullable Responder web,
            @Nullable Reloading<AdminTls> tls)
            throws IOException {
        return start(address, new AdminPipeline(new AdminPages(readiness, metrics), web, tls, IDLE));
    }

    static AdminServer start(HostAndPort address, AdminPages pages, Duration idle) throws IOException {
        return start(address, new AdminPipeline(pages, null, null, idle));
    }

    private static AdminServer start(HostAndPort address, AdminPipeline pipeline) throws IOException {
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("admin", true), NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(pipeline)
                .bind(new InetSocketAddress(address.host(), address.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var unused = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(
                    "cannot listen on " + address + " for admin: " + reason(bound.cause()), bound.cause());
        }
        return new AdminServer(loop, bound.channel());
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(LONGEST_CLOSE.toMillis());
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
