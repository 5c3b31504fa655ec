package io.sallyport.proxy.it.differential;

import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a server say what a statement is and run next to nothing of it: in a read-only transaction PreventCommandIfReadOnly (utility.c) names
 * the command that it refuses, before it looks for the objects.
 */
final class ReadOnlySession implements AutoCloseable {
    private static final Pattern REFUSED = Pattern.compile("cannot execute (.+) in a read-only transaction");

    private final TestServer server;
    private final String database;
    private WireClient client;

    ReadOnlySession(TestServer server, String database) {
        this.server = server;
        this.database = database;
        this.client = login();
    }

    private WireClient login() {
        WireClient login = WireClient.login(server.port(), "alice", database);
        login.query("SET statement_timeout = '2s'; SET lock_timeout = '2s'");
        return login;
    }

    /** The command as the server calls it; empty where it is none that a read-only transaction refuses, or fails earlier. */
    String refusedCommand(String statement) {
        client.query("BEGIN READ ONLY");
        client.send(Frontend.parse("", statement), Frontend.bind("", ""), Frontend.execute("", 1), Frontend.sync());
        String command = "";
        ServerMessage message = client.read();
        while (message.type() != 'Z' && !message.isEnd()) {
            if (message.type() == 'E' && message.sqlState().equals("25006")) {
                Matcher refused = REFUSED.matcher(message.field('M'));
                command = refused.find() ? refused.group(1) : "";
            } else if (message.type() == 'G') {
                client.send(Frontend.copyFail("no data"), Frontend.sync());
            }
            message = client.read();
        }
        if (message.isEnd()) {
            // The statement ended its own session.
            client.close();
            client = login();
        } else {
            client.query("ROLLBACK");
        }
        return command;
    }

    @Override
    public void close() {
        client.close();
    }
}
