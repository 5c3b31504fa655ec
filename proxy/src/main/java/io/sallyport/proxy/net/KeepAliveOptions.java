package io.sallyport.proxy.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.sallyport.proxy.config.KeepAlive;

/** Half-open connections end by the settings' times where the transport is epoll, and by the system's elsewhere. */
final class KeepAliveOptions {
    /** A bootstrap, of whichever kind. */
    interface Target {
        <T> void set(ChannelOption<T> option, T value);
    }

    private KeepAliveOptions() {}

    static void set(KeepAlive settings, Transport transport, Target target) {
        target.set(ChannelOption.SO_KEEPALIVE, true);
        if (transport != Transport.EPOLL) {
            return;
        }
        if (!settings.idle().isZero()) {
            target.set(EpollChannelOption.TCP_KEEPIDLE, seconds(settings.idle().toMillis()));
            target.set(
                    EpollChannelOption.TCP_KEEPINTVL,
                    seconds(settings.interval().toMillis()));
            target.set(EpollChannelOption.TCP_KEEPCNT, settings.count());
        }
        if (!settings.unacknowledged().isZero()) {
            target.set(
                    EpollChannelOption.TCP_USER_TIMEOUT,
                    Math.toIntExact(settings.unacknowledged().toMillis()));
        }
    }

    /** Whole ones, at least one, at most what Linux takes (MAX_TCP_KEEPIDLE, 32767). */
    private static int seconds(long millis) {
        return (int) Math.max(1, Math.min(32_767, (millis + 999) / 1000));
    }
}
