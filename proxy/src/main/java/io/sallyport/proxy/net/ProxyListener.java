package io.sallyport.proxy.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sallyport.protocol.frontend.FrameLimits;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.session.Session;
import io.sallyport.proxy.session.SessionServices;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The port that clients connect to, and the event loops that run their sessions. */
public final class ProxyListener implements AutoCloseable {
    /** In bytes: a leg with more than this unsent stops the reading of the other. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 * 1024, 512 * 1024);

    /** Connections that may wait for a name to be resolved; more are refused. */
    private static final int MOST_RESOLVING = 4_096;

    private final EventLoopGroup loops;
    private final Channel channel;
    private final ExecutorService resolvers;
    private final Encryption encryption;

    private ProxyListener(EventLoopGroup loops, ExecutorService resolvers, Encryption encryption, Channel channel) {
        this.encryption = encryption;
        this.loops = loops;
        this.resolvers = resolvers;
        this.channel = channel;
    }

    /**
     * Binds the port and starts to accept.
     *
     * @throws IOException when the address cannot be bound, or a certificate not be used; the message names it
     */
    public static ProxyListener open(SessionServices services) throws IOException {
        ProxyConfig config = services.config();
        Transport transport = Transport.of(config.loops().transport());
        Encryption encryption = Encryption.start(config, services.metrics().tls());
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(config.loops().count(), transport.handlers());
        ExecutorService resolvers = resolvers();
        UpstreamSockets sockets = new UpstreamSockets(config, transport, resolvers, encryption.upstream());
        CancelRequests cancels = new CancelRequests(services.directory(), sockets);
        FrameLimits limits = new FrameLimits(config.limits().messageBytes());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        if (config.connections()
                                .proxyProtocol()
                                .announces(ClientAddress.of(client).getAddress())) {
                            client.pipeline()
                                    .addLast(new ProxyHeaderHandler(
                                            config.timeouts().startup(), services.metrics()));
                        }
                        client.pipeline()
                                .addLast(new ClientHandler(
                                        limits, c -> session(services, sockets, c), cancels, encryption.clients()));
                    }
                });
        KeepAliveOptions.set(config.connections().keepAlive(), transport, bootstrap::childOption);
        HostAndPort listen = config.listen();
        ChannelFuture bound = bootstrap.bind(new InetSocketAddress(listen.host(), listen.port()));
        bound.awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            resolvers.shutdownNow();
            encryption.close();
            throw new IOException(
                    "cannot listen on " + listen + ": " + bound.cause().getMessage(), bound.cause());
        }
        return new ProxyListener(loops, resolvers, encryption, bound.channel());
    }

    private static @Nullable Session session(SessionServices services, UpstreamSockets sockets, Channel client) {
        InetSocketAddress socket = ClientAddress.of(client);
        String address = socket.getAddress().getHostAddress() + ":" + socket.getPort();
        Legs legs = Legs.create(client);
        if (new Crowd(services).refuses(address)) {
            return null;
        }
        return new Session(
                services,
                new ChannelLoop(client.eventLoop()),
                new ChannelClientLink(client, legs.clientGate()),
                address,
                connecting -> connect(services, sockets, client, legs, connecting));
    }

    private static void connect(
            SessionServices services, UpstreamSockets sockets, Channel client, Legs legs, Session session) {
        sockets.connect(
                client.eventLoop(),
                new UpstreamHandler(session, legs),
                upstream -> {
                    legs.upstream(upstream);
                    session.upstreamConnected(new ChannelUpstreamLink(upstream, services.metrics()));
                },
                session::upstreamConnectFailed);
    }

    /** The port that was bound. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Takes no new connections. */
    public void stopAccepting() {
        channel.close().awaitUninterruptibly();
    }

    @Override
    public void close() {
        stopAccepting();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        resolvers.shutdownNow();
        encryption.close();
    }

    private static ExecutorService resolvers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                2,
                2,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_RESOLVING),
                new DefaultThreadFactory("resolver", true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
