package io.sallyport.proxy.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.KeepAlive;
import io.sallyport.proxy.config.ProxyConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens sockets to the server; names are resolved elsewhere, for the resolver of the JDK blocks. */
final class UpstreamSockets {
    private final HostAndPort upstream;
    private final int connectMillis;
    private final KeepAlive keepAlive;
    private final Transport transport;
    private final Executor resolvers;
    private final @Nullable UpstreamEncryption encryption;

    /**
     * @param resolvers for names alone: nothing else may keep a connection waiting
     * @param encryption null for none
     */
    UpstreamSockets(
            ProxyConfig config, Transport transport, Executor resolvers, @Nullable UpstreamEncryption encryption) {
        this.encryption = encryption;
        this.upstream = config.upstream();
        this.connectMillis =
                (int) Math.min(Integer.MAX_VALUE, config.timeouts().connect().toMillis());
        this.keepAlive = config.connections().keepAlive();
        this.transport = transport;
        this.resolvers = resolvers;
    }

    /** Calls one of the two on the loop; the channel is handed over when TLS, where it is wanted, is up. */
    void connect(EventLoop loop, ChannelHandler handler, Consumer<Channel> connected, Consumer<String> failed) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(upstream.host());
        if (literal != null) {
            InetSocketAddress target = new InetSocketAddress(address(literal), upstream.port());
            loop.execute(() -> connectTo(target, loop, handler, connected, failed));
            return;
        }
        try {
            resolvers.execute(() -> {
                try {
                    InetAddress address = InetAddress.getByName(upstream.host());
                    InetSocketAddress target = new InetSocketAddress(address, upstream.port());
                    loop.execute(() -> connectTo(target, loop, handler, connected, failed));
                } catch (UnknownHostException unknown) {
                    loop.execute(() -> failed.accept("unknown host " + upstream.host()));
                }
            });
        } catch (RejectedExecutionException full) {
            failed.accept("too many connections are being opened");
        }
    }

    private static InetAddress address(byte[] literal) {
        try {
            return InetAddress.getByAddress(literal);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * As a task of its own: among the events of one round the new socket could get the number of one that was closed in it, and take that one's
     * later events for its own.
     */
    private void connectTo(
            InetSocketAddress target,
            EventLoop loop,
            ChannelHandler handler,
            Consumer<Channel> connected,
            Consumer<String> whenFailed) {
        Consumer<String> failed = once(whenFailed);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, ProxyListener.WATER_MARK)
                .handler(first(handler, connected, failed));
        KeepAliveOptions.set(keepAlive, transport, bootstrap::option);
        ChannelFuture attempt = bootstrap.connect(target);
        attempt.addListener(done -> {
            if (done.isSuccess()) {
                if (encryption == null) {
                    connected.accept(attempt.channel());
                }
            } else {
                failed.accept(String.valueOf(done.cause().getMessage()));
            }
        });
    }

    /** A negotiation that fails closes the socket, which may fail the attempt to connect it in turn. */
    private static Consumer<String> once(Consumer<String> failed) {
        AtomicBoolean told = new AtomicBoolean();
        return why -> {
            if (!told.getAndSet(true)) {
                failed.accept(why);
            }
        };
    }

    /** With TLS the caller's handler comes only once that is settled: until then nothing is its business. */
    private ChannelHandler first(ChannelHandler handler, Consumer<Channel> connected, Consumer<String> failed) {
        if (encryption == null) {
            return handler;
        }
        return encryption.negotiation(
                channel -> {
                    channel.pipeline().replace(UpstreamNegotiation.class, "session", handler);
                    connected.accept(channel);
                },
                failed);
    }
}
