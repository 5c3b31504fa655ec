package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** Messages of our own to the client: they wait until the server's message that is being relayed has passed whole. */
final class OwnMessages {
    private static final int MOST_WAITING = 16;

    private final ClientLink client;
    private final BooleanSupplier betweenMessages;
    private final Deque<ByteBuf> waiting = new ArrayDeque<>();

    OwnMessages(ClientLink client, BooleanSupplier betweenMessages) {
        this.client = client;
        this.betweenMessages = betweenMessages;
    }

    /** Takes ownership. */
    void send(ByteBuf message) {
        waiting.add(message);
        sendWaiting();
    }

    /** Whether so many wait that more would help nobody. */
    boolean isBehind() {
        return waiting.size() >= MOST_WAITING;
    }

    /** To be called when more of the server's bytes have been relayed. */
    void sendWaiting() {
        while (!waiting.isEmpty() && betweenMessages.getAsBoolean()) {
            client.send(waiting.remove());
        }
    }

    void release() {
        waiting.forEach(ByteBuf::release);
        waiting.clear();
    }
}
