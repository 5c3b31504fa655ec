package io.sallyport.proxy.it.psql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.psql.ClientTools.Result;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 32 clients write through the proxy; TPC-B's balances tell whether anything was lost or done twice. */
final class PgbenchIT {
    private static final int CLIENTS = 32;
    private static final int TRANSACTIONS_EACH = 40;

    private final TestServer server = TestServer.shared();

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void balances_agree_and_no_transaction_fails(String protocol) {
        ClientTools.assumeInstalled("pgbench");
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server, "allow")) {
            Result made = pgbench(proxy, database, "-i", "-q", "-s", "2");
            assertThat(made.exitCode()).as(made.err()).isZero();
        }
        try (TestProxy proxy = TestProxy.start(server, "built-in")) {
            Result run = pgbench(
                    proxy,
                    database,
                    "-n",
                    "-M",
                    protocol,
                    "-j",
                    "2",
                    "-c",
                    String.valueOf(CLIENTS),
                    "-t",
                    String.valueOf(TRANSACTIONS_EACH));
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).doesNotContain("error", "ERROR", "aborted");
            assertThat(run.out()).contains((CLIENTS * TRANSACTIONS_EACH) + "/" + (CLIENTS * TRANSACTIONS_EACH));
        }
        assertThat(server.ask(database, "SELECT count(*) FROM pgbench_history"))
                .isEqualTo(String.valueOf(CLIENTS * TRANSACTIONS_EACH));
        String delta = server.ask(database, "SELECT sum(delta) FROM pgbench_history");
        assertThat(server.ask(database, "SELECT sum(abalance) FROM pgbench_accounts"))
                .isEqualTo(delta);
        assertThat(server.ask(database, "SELECT sum(bbalance) FROM pgbench_branches"))
                .isEqualTo(delta);
        assertThat(server.ask(database, "SELECT sum(tbalance) FROM pgbench_tellers"))
                .isEqualTo(delta);
    }

    private static Result pgbench(TestProxy proxy, String database, String... arguments) {
        return ClientTools.run(ClientTools.command("pgbench", proxy.port(), "postgres", database, arguments), "");
    }
}
