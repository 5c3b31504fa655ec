package io.sallyport.proxy.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is held, and nothing run, for a client that said goodbye or broke the protocol meanwhile. */
@Timeout(120)
final class HalfClosedHoldIT {
    /** Long enough to be read by a worker: its hold opens later than the next bytes are seen. */
    private static final byte[] LONG_DELETE = Frontend.query("SELECT 1 /*" + "x".repeat(40_000) + "*/; DELETE FROM t");

    private final TestServer server = TestServer.shared();
    private String database = "";

    @BeforeEach
    void makes_a_table() {
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
    }

    private void endsUnrun(TestProxy proxy, WireClient client) {
        client.readUntil(ServerMessage.END);
        client.close();
        Awaitility.await().until(() -> proxy.sessions() == 0);
        try (Approver bob = new Approver(proxy, "bob", database)) {
            assertThat(bob.noHolds()).isTrue();
        }
        assertThat(server.ask(database, "SELECT i FROM t")).isEqualTo("1");
    }

    @Test
    void a_fin_while_a_long_text_is_being_read_leaves_no_hold() {
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = proxy.login("alice", database)) {
            client.send(LONG_DELETE);
            client.finish();
            endsUnrun(proxy, client);
        }
    }

    @Test
    void a_goodbye_while_a_long_text_is_being_read_leaves_no_hold() {
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = proxy.login("alice", database)) {
            client.send(LONG_DELETE, Frontend.terminate());
            endsUnrun(proxy, client);
        }
    }

    @Test
    void a_fin_within_a_refused_copy_ends_the_session() {
        try (TestProxy proxy = TestProxy.start(server, "deny");
                WireClient client = proxy.login("alice", database)) {
            client.send(Frontend.query("COPY t FROM STDIN"));
            client.readUntil('G');
            client.finish();
            endsUnrun(proxy, client);
        }
    }

    @Test
    void a_fin_while_a_refused_copy_waits_for_its_turn_ends_the_session() {
        try (TestProxy proxy = TestProxy.start(server, "deny");
                WireClient client = proxy.login("alice", database)) {
            client.send(Frontend.query("SELECT pg_sleep(0.5)"), Frontend.query("COPY t FROM STDIN"));
            client.finish();
            endsUnrun(proxy, client);
        }
    }

    @Test
    void a_stray_password_behind_a_hold_ends_the_session_and_nothing_runs() {
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            client.send(Frontend.query("DELETE FROM t"), Frontend.password("late"));
            assertThat(client.readUntil(ServerMessage.END))
                    .filteredOn(message -> message.type() == 'E')
                    .extracting(ServerMessage::sqlState)
                    .containsExactly("08P01");
            Awaitility.await().until(bob::noHolds);
            assertThat(server.ask(database, "SELECT i FROM t")).isEqualTo("1");
        }
    }
}
