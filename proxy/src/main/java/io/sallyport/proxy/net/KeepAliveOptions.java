package io.sallyport.proxy.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.sallyport.proxy.config.KeepAlive;
import org.jspecify.annotations.Nullable;

/**
 * Half-open connections end by the settings' times where the transport is Linux' own, and by the system's elsewhere.
 *
 * @param idle seconds of silence before the first probe (tcp(7), TCP_KEEPIDLE)
 * @param interval seconds between two probes
 * @param count unanswered probes
 * @param unacknowledged milliseconds that sent bytes may stay unacknowledged
 */
record KeepAliveOptions(
        ChannelOption<Integer> idle,
        ChannelOption<Integer> interval,
        ChannelOption<Integer> count,
        ChannelOption<Integer> unacknowledged) {
    /** A bootstrap, of whichever kind. */
    interface Target {
        <T> void set(ChannelOption<T> option, T value);
    }

    static @Nullable KeepAliveOptions of(Transport transport) {
        return switch (transport) {
            case EPOLL ->
                new KeepAliveOptions(
                        EpollChannelOption.TCP_KEEPIDLE,
                        EpollChannelOption.TCP_KEEPINTVL,
                        EpollChannelOption.TCP_KEEPCNT,
                        EpollChannelOption.TCP_USER_TIMEOUT);
            case NIO -> null;
        };
    }

    static void set(KeepAlive settings, Transport transport, Target target) {
        target.set(ChannelOption.SO_KEEPALIVE, true);
        KeepAliveOptions options = of(transport);
        if (options != null && !settings.idle().isZero()) {
            target.set(options.idle, seconds(settings.idle().toMillis()));
            target.set(options.interval, seconds(settings.interval().toMillis()));
            target.set(options.count, settings.count());
        }
        if (options != null && !settings.unacknowledged().isZero()) {
            target.set(
                    options.unacknowledged,
                    Math.toIntExact(settings.unacknowledged().toMillis()));
        }
    }

    /** Whole ones, at least one, at most what Linux takes (MAX_TCP_KEEPIDLE, 32767). */
    private static int seconds(long millis) {
        return (int) Math.max(1, Math.min(32_767, (millis + 999) / 1000));
    }
}
