package io.sallyport.proxy.net;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The two sockets of a session, and how each stops the reading of the other when it cannot take more. */
final class Legs {
    private static final AttributeKey<Legs> KEY = AttributeKey.valueOf(Legs.class, "legs");

    private final ReadGate clientGate;
    private @Nullable ReadGate upstreamGate;

    private Legs(ReadGate clientGate) {
        this.clientGate = clientGate;
    }

    static Legs create(Channel client) {
        Legs legs = new Legs(new ReadGate(client));
        client.attr(KEY).set(legs);
        return legs;
    }

    static Legs of(Channel client) {
        return Objects.requireNonNull(client.attr(KEY).get());
    }

    ReadGate clientGate() {
        return clientGate;
    }

    void upstream(Channel channel) {
        upstreamGate = new ReadGate(channel);
    }

    void clientWritable(boolean writable) {
        if (upstreamGate != null) {
            upstreamGate.set(ReadGate.Reason.PEER_FULL, !writable);
        }
    }

    void upstreamWritable(boolean writable) {
        clientGate.set(ReadGate.Reason.PEER_FULL, !writable);
    }
}
