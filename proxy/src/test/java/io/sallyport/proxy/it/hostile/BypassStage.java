package io.sallyport.proxy.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** Plays an attack on a table of three rows twice: past the proxy, where it has to work, and through it. */
final class BypassStage {
    private final TestServer server = TestServer.shared();

    /** The same bytes empty the table without the proxy, and leave it whole with it. */
    void stops(Consumer<Attacker> attack, String how) {
        String open = database();
        try (WireClient direct = WireClient.login(server.port(), "alice", open)) {
            attack.accept(new Attacker(direct, server.port()));
        }
        assertThat(rows(open)).as("rows left without a proxy").isEqualTo("0");

        String guarded = database();
        try (TestProxy proxy = TestProxy.start(server, "built-in")) {
            try (WireClient client = proxy.login("alice", guarded)) {
                Attacker attacker = new Attacker(client, proxy.port());
                attack.accept(attacker);
                assertThat(attacker.stoppedBy()).isEqualTo(how);
                assertThat(rows(guarded)).isEqualTo("3");
            }
            // Without the client nothing may go on either.
            awaitNobody(guarded);
        }
        assertThat(rows(guarded)).isEqualTo("3");
    }

    private String database() {
        String database = server.freshDatabase();
        server.run(
                database,
                "CREATE TABLE t AS SELECT i, 'b' AS b FROM generate_series(1, 3) AS i; GRANT ALL ON t TO PUBLIC");
        return database;
    }

    private void awaitNobody(String database) {
        Awaitility.await()
                .until(() -> server.ask(
                                "postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'")
                        .equals("0"));
    }

    private String rows(String database) {
        return server.ask(database, "SELECT count(*) FROM t");
    }
}
