package io.sallyport.proxy.it.hold;

import static io.sallyport.proxy.it.hold.Races.cancel;
import static io.sallyport.proxy.it.hold.Races.hold;
import static io.sallyport.proxy.it.hold.Races.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.ControlServer;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who watches at one proxy is told of what waits at another one, through their control database in PostgreSQL. */
@Timeout(120)
final class WatchReplicasIT {
    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();

    private static ServerMessage notice(WireClient client) {
        return client.readUntil('N').get(0);
    }

    @Test
    void holds_of_the_other_proxy_are_told_as_well(@TempDir Path folder) {
        server.run(database, "CREATE TABLE t AS SELECT generate_series(1, 9) AS i; GRANT ALL ON t TO PUBLIC");
        try (ControlServer control = new ControlServer(folder);
                TestProxy here = TestProxy.start(server.port(), "hold", control.settings(Map.of()));
                TestProxy there = TestProxy.start(server.port(), "hold", control.settings(Map.of()));
                WireClient carol = here.login("carol", database);
                WireClient alice = there.login("alice", database);
                Approver bob = new Approver(there, "bob", database)) {
            carol.send(Frontend.query("SALLYPORT WATCH"));
            assertThat(notice(carol).field('M')).startsWith("watching");
            String approved = hold(alice, "DELETE FROM t WHERE i < 3");
            assertThat(notice(carol).field('M'))
                    .contains(" opened " + approved + " of alice on " + database, "DELETE FROM t WHERE i < 3");
            assertThat(bob.approve(approved)).isTrue();
            assertThat(outcome(alice)).isEqualTo("DELETE 2");
            assertThat(notice(carol).field('M')).contains(" approved " + approved, ", by bob, ");
            String withdrawn = hold(alice, "DELETE FROM t");
            assertThat(notice(carol).field('M')).contains(" opened " + withdrawn);
            assertThat(cancel(there, alice)).isTrue();
            assertThat(outcome(alice)).isEqualTo("57014");
            ServerMessage end = notice(carol);
            assertThat(end.field('M')).contains(" withdrawn " + withdrawn);
            assertThat(end.field('D')).isEqualTo("canceled by the requester");
        }
    }
}
