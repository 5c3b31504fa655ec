package io.sallyport.proxy.it.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.BooleanSupplier;
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

    private static String hold(WireClient client, String sql) {
        client.send(Frontend.query(sql));
        return Approver.code(client.readUntil('N').get(0));
    }

    private static boolean cancel(TestProxy proxy, WireClient client) {
        try (WireClient canceller = WireClient.connect(proxy.port())) {
            canceller.send(Frontend.cancelRequest(client.key()));
            canceller.readUntil(ServerMessage.END);
            return true;
        }
    }

    /** The command tag, or the SQLSTATE. */
    private static String outcome(WireClient client) {
        return client.readUntilReady().stream()
                .filter(message -> message.type() == 'C' || message.type() == 'E')
                .map(message -> message.type() == 'C' ? message.commandTag() : message.sqlState())
                .findFirst()
                .orElseThrow();
    }

    private static boolean[] together(BooleanSupplier one, BooleanSupplier other) {
        CyclicBarrier barrier = new CyclicBarrier(2);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> atBarrier(barrier, one));
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> atBarrier(barrier, other));
        return new boolean[] {first.join(), second.join()};
    }

    private static boolean atBarrier(CyclicBarrier barrier, BooleanSupplier action) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return action.getAsBoolean();
    }
}
