package io.sallyport.proxy.net;

import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a socket is read: the only caller of {@code setAutoRead}, so that two reasons to stop cannot undo each
 * other. Used on the channel's loop.
 */
final class ReadGate {
    enum Reason {
        /** The other leg cannot take more for now. */
        PEER_FULL,
        /** The session keeps as many unsent bytes as it may. */
        QUEUE_FULL
    }

    private final Channel channel;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    ReadGate(Channel channel) {
        this.channel = channel;
    }

    void set(Reason reason, boolean stop) {
        boolean changed = stop ? reasons.add(reason) : reasons.remove(reason);
        if (changed) {
            channel.config().setAutoRead(reasons.isEmpty());
        }
    }

    /** Reads whatever the reasons were: the peer's end must be seen. */
    void open() {
        reasons.clear();
        channel.config().setAutoRead(true);
    }
}
