package io.sallyport.proxy.it.evasion;

import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.SendFailed;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A person's tool that goes on whatever it is told: what is held it takes back, after an error it tries the next thing. */
final class Intruder implements AutoCloseable {
    private final int port;
    private final String database;
    private final Set<String> stops = new LinkedHashSet<>();
    private WireClient client;
    private boolean skipped;

    private Intruder(int port, String database, WireClient client) {
        this.port = port;
        this.database = database;
        this.client = client;
    }

    /** @param startup further keys and values of the StartupMessage */
    static Intruder login(int port, String database, String... startup) {
        Intruder intruder = new Intruder(port, database, WireClient.connect(port));
        intruder.start(startup);
        return intruder;
    }

    /** Ends the session and starts another. */
    void reconnect(String... startup) {
        client.close();
        client = WireClient.connect(port);
        start(startup);
    }

    /** Starts another session and does not wait for its first ReadyForQuery. */
    void reconnectWith(byte[] message, String... startup) {
        client.close();
        client = WireClient.connect(port);
        send(startup(startup), message);
        readUntil('Z');
        readUntil('Z');
    }

    private void start(String... startup) {
        send(startup(startup));
        readUntil('Z');
    }

    private byte[] startup(String... further) {
        List<String> words =
                new ArrayList<>(List.of("user", Stage.INTRUDER, "database", database, "application_name", "psql"));
        words.addAll(List.of(further));
        return Frontend.startup(Frontend.PROTOCOL_3_0, words.toArray(String[]::new));
    }

    /** From now on every write carries at most so many bytes. */
    void inPiecesOf(int bytes) {
        client.inPiecesOf(bytes);
    }

    void query(byte[] sql) {
        synced(new Body().raw(sql).int8(0).message('Q'));
    }

    /** Parse, Bind, Describe, Execute, Sync of the unnamed statement. */
    void extended(byte[] sql) {
        synced(
                new Body().int8(0).raw(sql).int8(0).int16(0).message('P'),
                Frontend.bind("", ""),
                Frontend.describePortal(""),
                Frontend.execute("", 0),
                Frontend.sync());
    }

    /** Sends what ends in a Query or a Sync, and reads up to its ReadyForQuery. */
    void synced(byte[]... messages) {
        send(messages);
        readUntil('Z');
        skipped = false;
    }

    /** Sends what ends in a Flush, and reads up to this type; nothing comes once the server skips to Sync. */
    void flushed(char lastReply, byte[]... messages) {
        send(messages);
        if (!skipped) {
            readUntil(lastReply);
        }
    }

    private void send(byte[]... messages) {
        try {
            client.send(messages);
        } catch (SendFailed closed) {
            stops.add("closed");
        }
    }

    private void readUntil(char type) {
        ServerMessage message = client.read();
        while (message.type() != type && !message.isEnd()) {
            if (message.type() == 'E') {
                stops.add(message.sqlState());
                skipped = true;
                if (type != 'Z') {
                    return;
                }
            } else if (message.type() == 'N' && message.field('M').startsWith("held by Sallyport")) {
                stops.add("held");
                takeBack();
            } else if (message.type() == 'G') {
                client.send(Frontend.copyFail("no data"));
            }
            message = client.read();
        }
        if (message.isEnd()) {
            stops.add("closed");
        }
    }

    private void takeBack() {
        try (WireClient canceller = WireClient.connect(port)) {
            canceller.send(Frontend.cancelRequest(client.key()));
        }
    }

    /** The SQLSTATEs of all errors, {@code held}, {@code closed}. */
    Set<String> stops() {
        return stops;
    }

    @Override
    public void close() {
        client.close();
    }
}
