package io.sallyport.proxy.it.wirediff;

import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.SendFailed;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One connection of a script, and everything that it heard. */
final class Speaker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WireClient client;
    private final boolean loggedIn;
    private final MessageMask mask;
    private final List<String> heard = new ArrayList<>();
    private final List<byte[]> unsent = new ArrayList<>();
    private boolean ended;
    private boolean finished;

    Speaker(WireClient client, boolean loggedIn, MessageMask mask) {
        this.client = client;
        this.loggedIn = loggedIn;
        this.mask = mask;
    }

    WireClient client() {
        return client;
    }

    void queue(byte[] message) {
        unsent.add(message);
    }

    /** What is queued travels in one write. */
    void flush() {
        if (unsent.isEmpty()) {
            return;
        }
        try {
            client.send(unsent.toArray(byte[][]::new));
        } catch (SendFailed closed) {
            // The peer ended the connection first: what it said before is what counts.
            finished = true;
        }
        unsent.clear();
    }

    /** Reads up to and with so many messages of a type, or the end. */
    void await(char type, int times) {
        flush();
        int left = times;
        while (left > 0 && !ended) {
            ServerMessage message = client.poll(PATIENCE);
            if (message == null) {
                throw new AssertionError("waited in vain for '" + type + "' behind " + heard);
            }
            note(message);
            left -= message.type() == type ? 1 : 0;
        }
    }

    private void note(ServerMessage message) {
        heard.add(mask.text(message));
        ended = message.isEnd();
    }

    void awaitByte() {
        flush();
        heard.add("byte " + client.readByte());
    }

    void authenticate(String user, String password) {
        flush();
        client.tryToAuthenticate(user, password).forEach(this::note);
    }

    void finish() {
        flush();
        finished = true;
        client.finish();
    }

    /** Vanishes: what would have come is nobody's. */
    void vanish() {
        flush();
        ended = true;
        client.close();
    }

    /** Says goodbye where nobody did, and hears the rest. */
    List<String> rest() {
        flush();
        if (!ended && !finished) {
            if (loggedIn) {
                queue(Frontend.terminate());
                flush();
            } else {
                finish();
            }
        }
        await(ServerMessage.END, 1);
        return heard;
    }

    @Override
    public void close() {
        client.close();
    }
}
