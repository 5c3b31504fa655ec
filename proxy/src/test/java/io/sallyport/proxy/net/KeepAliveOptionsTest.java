package io.sallyport.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.sallyport.proxy.config.KeepAlive;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class KeepAliveOptionsTest {
    @Test
    void the_kernel_has_what_the_settings_say() throws Exception {
        assumeTrue(Transport.EPOLL.unavailability() == null, "only epoll can set these");
        KeepAlive settings = new KeepAlive(Duration.ofSeconds(30), Duration.ofMillis(1500), 3, Duration.ofMinutes(15));
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, Transport.EPOLL.handlers());
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Bootstrap bootstrap = new Bootstrap()
                    .group(loops)
                    .channel(Transport.EPOLL.channel())
                    .handler(new ChannelInboundHandlerAdapter());
            KeepAliveOptions.set(settings, Transport.EPOLL, bootstrap::option);
            Channel channel = bootstrap
                    .connect(listener.getLocalSocketAddress())
                    .syncUninterruptibly()
                    .channel();
            assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
            assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPIDLE))
                    .isEqualTo(30);
            assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPINTVL))
                    .isEqualTo(2);
            assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPCNT))
                    .isEqualTo(3);
            assertThat(channel.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT))
                    .isEqualTo(900_000);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
