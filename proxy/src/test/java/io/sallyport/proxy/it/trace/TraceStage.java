package io.sallyport.proxy.it.trace;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.time.Duration;

/** Where a transcript is played: a port that speaks the protocol, and a database of its own behind it. */
record TraceStage(TestServer server, int port, String database, int pieceBytes, Runnable drain) {
    static TraceStage direct(TestServer server, String database) {
        return new TraceStage(server, server.port(), database, Integer.MAX_VALUE, () -> {
            throw new AssertionError("# shutdown needs a proxy");
        });
    }

    static TraceStage through(TestProxy proxy, TestServer server, String database, int pieceBytes) {
        return new TraceStage(server, proxy.port(), database, pieceBytes, () -> proxy.drain(Duration.ofMillis(500)));
    }
}
