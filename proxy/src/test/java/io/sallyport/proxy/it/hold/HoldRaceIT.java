package io.sallyport.proxy.it.hold;

import static io.sallyport.proxy.it.hold.Races.cancel;
import static io.sallyport.proxy.it.hold.Races.hold;
import static io.sallyport.proxy.it.hold.Races.outcome;
import static io.sallyport.proxy.it.hold.Races.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hold is resolved exactly once, whoever comes at the same moment. */
@Timeout(120)
final class HoldRaceIT {
    private static final int ROUNDS = 40;

    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();

    @Test
    void of_an_approval_and_a_cancel_exactly_one_wins() {
        fill();
        int approved = 0;
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            for (int round = 1; round <= ROUNDS; round++) {
                String code = hold(alice, "DELETE FROM t WHERE i = " + round);
                boolean taken = together(() -> bob.approve(code), () -> cancel(proxy, alice))[0];
                String outcome = outcome(alice);
                // A cancel that lost may still end the running statement, as any cancel may.
                assertThat(outcome).isIn(taken ? List.of("DELETE 1", "57014") : List.of("57014"));
                approved += outcome.equals("DELETE 1") ? 1 : 0;
            }
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo(String.valueOf(ROUNDS - approved));
    }

    @Test
    void of_two_approvals_one_counts_and_the_statement_runs_once() {
        server.run(database, "CREATE TABLE t (i int); GRANT ALL ON t TO PUBLIC");
        server.run(database, "CREATE TABLE ran (i int); GRANT ALL ON ran TO PUBLIC; INSERT INTO t VALUES (1)");
        server.run(
                database,
                "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN INSERT INTO ran VALUES (1); RETURN NULL; END';"
                        + " CREATE TRIGGER n AFTER DELETE ON t FOR EACH STATEMENT EXECUTE FUNCTION note()");
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database);
                Approver carol = new Approver(proxy, "carol", database)) {
            for (int round = 1; round <= ROUNDS; round++) {
                String code = hold(alice, "DELETE FROM t");
                boolean[] taken = together(() -> bob.approve(code), () -> carol.approve(code));
                assertThat(taken[0]).isNotEqualTo(taken[1]);
                assertThat(outcome(alice)).startsWith("DELETE");
            }
        }
        assertThat(server.ask(database, "SELECT count(*) FROM ran")).isEqualTo(String.valueOf(ROUNDS));
    }

    @Test
    void of_an_approval_and_a_rejection_exactly_one_wins() {
        fill();
        int deleted = 0;
        try (TestProxy proxy = TestProxy.start(server, "hold");
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database);
                Approver carol = new Approver(proxy, "carol", database)) {
            for (int round = 1; round <= ROUNDS; round++) {
                String code = hold(alice, "DELETE FROM t WHERE i = " + round);
                boolean[] taken = together(() -> bob.approve(code), () -> carol.reject(code, "no"));
                assertThat(taken[0]).isNotEqualTo(taken[1]);
                assertThat(outcome(alice)).isEqualTo(taken[0] ? "DELETE 1" : "42501");
                deleted += taken[0] ? 1 : 0;
            }
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo(String.valueOf(ROUNDS - deleted));
    }

    private void fill() {
        server.run(
                database, "CREATE TABLE t AS SELECT generate_series(1, " + ROUNDS + ") AS i; GRANT ALL ON t TO PUBLIC");
    }
}
