package io.sallyport.proxy.it.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.ControlServer;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A proxy that is killed takes its sessions with it; what waited for them does not wait for ever. */
@Timeout(180)
final class KilledReplicaIT {
    private static final String HOLD = "DELETE FROM t";

    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();

    @TempDir
    private Path folder;

    KilledReplicaIT() {
        server.run(database, "CREATE TABLE t AS SELECT generate_series(1, 9) AS i; GRANT ALL ON t TO PUBLIC");
    }

    private Map<String, String> environment(String url) {
        return Map.of(
                "SALLYPORT_UPSTREAM",
                "127.0.0.1:" + server.port(),
                "SALLYPORT_CONTROL_URL",
                url,
                "SALLYPORT_CONTROL_USER",
                "postgres");
    }

    @Test
    void a_survivor_withdraws_its_holds_and_says_so_in_its_audit() throws Exception {
        try (ControlServer control = new ControlServer(folder);
                TestProxy survivor = TestProxy.start(server.port(), "hold", control.settings(Map.of()));
                Approver bob = new Approver(survivor, "bob", database);
                ProxyProcess killed = ProxyProcess.start(folder.resolve("log"), environment(control.url()));
                WireClient alice = WireClient.login(killed.port(), "alice", database)) {
            String code = Races.hold(alice, HOLD);
            await().until(() -> bob.awaitHold().equals(code));
            killed.kill();
            await().atMost(Duration.ofSeconds(40)).until(bob::noHolds);
            assertThat(bob.approve(code)).isFalse();
            assertThat(survivor.audited())
                    .anyMatch(line -> line.contains(code)
                            && line.contains("\"outcome\":\"withdrawn\"")
                            && line.contains("its proxy ended"));
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("9");
    }

    @Test
    void the_next_run_on_the_same_file_knows_what_was_and_withdraws_what_waited() throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("data").resolve("control");
        String ran;
        String waited;
        try (ProxyProcess killed = ProxyProcess.start(folder.resolve("log"), environment(url));
                WireClient alice = WireClient.login(killed.port(), "alice", database);
                WireClient bob = WireClient.login(killed.port(), "bob", database)) {
            ran = Races.hold(alice, HOLD);
            assertThat(bob.query("SALLYPORT APPROVE " + ran).toString()).contains("approved");
            assertThat(Races.outcome(alice)).isEqualTo("DELETE 9");
            waited = Races.hold(alice, HOLD);
            await().until(() -> Rows.of(bob.query("SALLYPORT SHOW " + ran)).contains(List.of("outcome", "DELETE 9")));
            // The row of the second one is there before it is killed.
            assertThat(bob.query("SALLYPORT WITHDRAW " + waited).toString()).contains("has no approval of yours");
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            killed.kill();
        }
        try (TestProxy next = TestProxy.start(server.port(), "hold", Map.of("control.url", url));
                WireClient carol = next.login("carol", database)) {
            await().untilAsserted(() -> assertThat(Rows.of(carol.query("SALLYPORT SHOW " + waited)))
                    .contains(List.of("state", "withdrawn")));
            assertThat(Rows.of(carol.query("SALLYPORT SHOW " + ran)))
                    .contains(List.of("state", "approved by bob"), List.of("outcome", "DELETE 9"));
            assertThat(carol.query("SALLYPORT APPROVE " + waited).toString()).contains("is not waiting any more");
            assertThat(next.audited()).anyMatch(line -> line.contains(waited) && line.contains("withdrawn"));
        }
    }
}
