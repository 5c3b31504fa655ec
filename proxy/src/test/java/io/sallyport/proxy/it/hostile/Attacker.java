package io.sallyport.proxy.it.hostile;

import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;

/** A client that goes on with its steps whether or not it was stopped, and remembers what stopped it first. */
final class Attacker {
    private final WireClient client;
    private final int port;
    private String stoppedBy = "";
    private boolean held;
    private boolean skipped;

    /** @param port where the client is connected to: its cancel requests go there too */
    Attacker(WireClient client, int port) {
        this.client = client;
        this.port = port;
    }

    /** Sends what ends in a Query or a Sync and reads its ReadyForQuery, or that it is held. */
    Attacker synced(byte[]... messages) {
        client.send(messages);
        ServerMessage last = next();
        while (!held && !last.isEnd() && last.type() != 'Z') {
            last = next();
        }
        skipped = false;
        return this;
    }

    /** Sends what ends in a Flush and reads up to this type; nothing comes once the server skips to Sync. */
    Attacker flushed(char lastReply, byte[]... messages) {
        client.send(messages);
        while (!held && !skipped) {
            ServerMessage last = next();
            skipped = last.type() == 'E' || last.isEnd();
            if (last.type() == lastReply) {
                break;
            }
        }
        return this;
    }

    /** Takes back what is held, and reads how that ends. */
    void withdraws() {
        if (held) {
            try (WireClient canceller = WireClient.connect(port)) {
                canceller.send(Frontend.cancelRequest(client.key()));
            }
            client.readUntilReady();
        }
    }

    private ServerMessage next() {
        ServerMessage message = client.read();
        if (message.type() == 'E') {
            note(message.sqlState());
        } else if (message.type() == 'N' && message.field('M').startsWith("held by Sallyport")) {
            held = true;
            note("held");
        }
        return message;
    }

    private void note(String why) {
        stoppedBy = stoppedBy.isEmpty() ? why : stoppedBy;
    }

    /** The SQLSTATE of the first error, {@code held}, or nothing. */
    String stoppedBy() {
        return stoppedBy;
    }
}
