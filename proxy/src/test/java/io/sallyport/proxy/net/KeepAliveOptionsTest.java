package io.sallyport.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.sallyport.proxy.config.KeepAlive;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class KeepAliveOptionsTest {
    @Test
    void the_kernel_has_what_the_settings_say() throws Exception {
        Transport transport = Transport.EPOLL;
        assumeTrue(transport.unavailability() == null, transport + " does not work here");
        KeepAlive settings = new KeepAlive(Duration.ofSeconds(30), Duration.ofMillis(1500), 3, Duration.ofMinutes(15));
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Bootstrap bootstrap = new Bootstrap()
                    .group(loops)
                    .channel(transport.channel())
                    .handler(new ChannelInboundHandlerAdapter());
            KeepAliveOptions.set(settings, transport, bootstrap::option);
            Channel channel = bootstrap
                    .connect(listener.getLocalSocketAddress())
                    .syncUninterruptibly()
                    .channel();
            KeepAliveOptions options = Objects.requireNonNull(KeepAliveOptions.of(transport));
            assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
            assertThat(channel.config().getOption(options.idle())).isEqualTo(30);
            assertThat(channel.config().getOption(options.interval())).isEqualTo(2);
            assertThat(channel.config().getOption(options.count())).isEqualTo(3);
            assertThat(channel.config().getOption(options.unacknowledged())).isEqualTo(900_000);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
