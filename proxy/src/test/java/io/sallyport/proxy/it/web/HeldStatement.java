package io.sallyport.proxy.it.web;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;

/** A statement that waits for a second person, and whoever waits with it. */
final class HeldStatement implements AutoCloseable {
    private final WireClient client;
    private final String code;
    private final String notice;

    HeldStatement(TestProxy proxy, String role, String database, String sql) {
        client = WireClient.connect(proxy.port());
        client.login(role, database, TestServer.PASSWORD);
        client.send(Frontend.query(sql));
        ServerMessage told = client.read();
        notice = told.fields().toString();
        code = Approver.code(told);
    }

    /** What its requester was told. */
    String notice() {
        return notice;
    }

    String code() {
        return code;
    }

    /** What came in the end. */
    List<ServerMessage> answer() {
        return client.readUntilReady();
    }

    @Override
    public void close() {
        client.close();
    }
}
