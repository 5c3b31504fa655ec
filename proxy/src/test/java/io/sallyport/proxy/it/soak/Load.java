package io.sallyport.proxy.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.tls.TlsSockets;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Random;

/** The kinds of clients that a day brings, each one conversation. */
final class Load {
    private static final int BATCHES = 50;
    private static final byte[] BATCH = Frontend.join(
            Frontend.parse("", "SELECT $1::int + 1"),
            Frontend.bind("", "", "41"),
            Frontend.execute("", 0),
            Frontend.sync());
    private static final byte[] ROWS = Frontend.copyData("7\n".repeat(2000).getBytes(StandardCharsets.UTF_8));

    private final TestServer server;
    private final TestProxy allowing;
    private final TestProxy holding;
    private final String database;
    private final boolean tls;

    Load(TestServer server, TestProxy allowing, TestProxy holding, String database, boolean tls) {
        this.server = server;
        this.allowing = allowing;
        this.holding = holding;
        this.database = database;
        this.tls = tls;
    }

    private WireClient connect(TestProxy proxy) {
        try {
            return tls ? TlsSockets.asked(proxy.port()) : WireClient.connect(proxy.port());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private WireClient login(TestProxy proxy) {
        WireClient client = connect(proxy);
        client.login("alice", database, "");
        return client;
    }

    void queries() {
        try (WireClient client = login(allowing)) {
            for (int i = 0; i < BATCHES; i++) {
                assertThat(client.query("SELECT " + i)).hasSize(4);
            }
            client.send(Frontend.terminate());
        }
    }

    void pipeline() {
        try (WireClient client = login(holding)) {
            client.send(Collections.nCopies(BATCHES, BATCH).toArray(byte[][]::new));
            for (int i = 0; i < BATCHES; i++) {
                assertThat(client.readUntilReady()).hasSize(5);
            }
        }
    }

    void copies() {
        try (WireClient client = login(allowing)) {
            client.query("BEGIN");
            client.send(Frontend.query("COPY t FROM STDIN"), ROWS, Frontend.copyDone());
            assertThat(client.readUntilReady()).extracting(ServerMessage::type).contains('C');
            client.query("COPY t TO STDOUT");
            client.query("ROLLBACK");
        }
    }

    void cancel() {
        try (WireClient client = login(holding)) {
            client.send(Frontend.query("SELECT pg_sleep(20)"));
            pause(100);
            cancel(client);
            assertThat(client.readUntilReady().get(0).type()).isIn('E', 'T');
        }
    }

    void reset() {
        WireClient client = login(allowing);
        client.send(Frontend.query("SELECT repeat('x', 1000) FROM generate_series(1, 20000)"));
        client.read();
        client.reset();
    }

    /** Half a start-up packet, half a message, a FIN in a transaction. */
    void halfOpen(Random random) {
        try (WireClient client = connect(holding)) {
            client.send(new byte[] {0, 0, 0, 40, 0, 3});
            pause(random.nextInt(50));
        }
        try (WireClient client = login(holding)) {
            client.query("BEGIN");
            client.send(new byte[] {'Q', 0, 0, 0, 90, 'S'});
            client.finish();
            client.readUntil(ServerMessage.END);
        }
    }

    void killed() {
        try (WireClient client = login(holding)) {
            client.query("BEGIN");
            server.run(database, "SELECT pg_terminate_backend(" + client.key().pid() + ")");
            client.readUntil(ServerMessage.END);
        }
    }

    /** Approved, rejected, withdrawn by Ctrl-C, or by a requester who is gone. */
    void held(Random random) {
        try (WireClient client = login(holding);
                Approver bob = new Approver(holding, "bob", database)) {
            client.send(Frontend.query("DELETE FROM held"));
            String code = Approver.code(client.readUntil('N').get(0));
            switch (random.nextInt(4)) {
                case 0 -> assertThat(bob.approve(code)).isTrue();
                case 1 -> assertThat(bob.reject(code, "no")).isTrue();
                case 2 -> cancel(client);
                default -> {
                    client.reset();
                    return;
                }
            }
            assertThat(client.readUntilReady()).isNotEmpty();
        }
    }

    private void cancel(WireClient client) {
        try (WireClient canceller = connect(holding)) {
            canceller.send(Frontend.cancelRequest(client.key()));
            canceller.readUntil(ServerMessage.END);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
