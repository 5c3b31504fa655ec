package io.sallyport.proxy.net;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.sallyport.proxy.config.TransportKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of the kernel's ways to wait for sockets is used. */
enum Transport {
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class),
    NIO(NioServerSocketChannel.class, NioSocketChannel.class);

    private static final Logger log = LoggerFactory.getLogger(Transport.class);

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends Channel> channel;

    Transport(Class<? extends ServerChannel> serverChannel, Class<? extends Channel> channel) {
        this.serverChannel = serverChannel;
        this.channel = channel;
    }

    /**
     * @throws IOException when the one that is asked for does not work here; the message says why
     */
    static Transport of(TransportKind kind) throws IOException {
        Transport chosen = switch (kind) {
            case AUTO -> best();
            case EPOLL -> EPOLL;
            case NIO -> NIO;
        };
        Throwable why = chosen.unavailability();
        if (why != null) {
            throw new IOException("transport " + chosen + " does not work here: " + rootOf(why), why);
        }
        log.debug("transport {}", chosen);
        return chosen;
    }

    private static Transport best() {
        return EPOLL.unavailability() == null ? EPOLL : NIO;
    }

    /** Why it does not work here, or null. */
    @Nullable
    Throwable unavailability() {
        return switch (this) {
            case EPOLL -> Epoll.unavailabilityCause();
            case NIO -> null;
        };
    }

    private static Throwable rootOf(Throwable why) {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    IoHandlerFactory handlers() {
        return switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    Class<? extends Channel> channel() {
        return channel;
    }
}
