package io.sallyport.proxy.it.psql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.psql.ClientTools.Result;
import io.sallyport.proxy.it.psql.ClientTools.Running;
import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real psql, without a terminal. */
final class PsqlIT {
    private static final String EVERYDAY = """
            CREATE TABLE pets (id int PRIMARY KEY, name text);
            \\copy pets from stdin
            1\tRex
            2\tMiez
            \\.
            COPY pets FROM stdin;
            3\tHansi
            \\.
            COPY pets TO stdout;
            BEGIN;
            UPDATE pets SET name = upper(name) WHERE id = 1;
            SAVEPOINT s;
            SELECT nonsense;
            ROLLBACK TO s;
            COMMIT;
            SELECT * FROM pets ORDER BY id \\gx
            SELECT id AS identity FROM pets WHERE id = 2 \\gset
            \\echo :identity
            SELECT $1 || '!' \\bind 'bound' \\g
            \\set FETCH_COUNT 2
            SELECT generate_series(1, 5);
            \\dt
            \\d pets
            \\df+ upper
            """;

    private final TestServer server = TestServer.shared();
    private String database = "";

    @BeforeEach
    void needs_psql() {
        ClientTools.assumeInstalled("psql");
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t (i int); INSERT INTO t VALUES (1), (2), (3); GRANT ALL ON t TO PUBLIC");
    }

    private static Result psql(int port, String database, String script) {
        return ClientTools.run(ClientTools.command("psql", port, "alice", database, "-X"), script);
    }

    @Test
    void an_everyday_script_prints_what_it_prints_without_the_proxy() {
        Result direct = psql(server.port(), server.freshDatabase(), EVERYDAY);
        for (String policy : List.of("built-in", "gated")) {
            try (TestProxy proxy = TestProxy.start(server, policy)) {
                Result through = psql(proxy.port(), server.freshDatabase(), EVERYDAY);
                assertThat(through).as(policy).isEqualTo(direct);
            }
        }
        assertThat(direct.out()).contains("COPY 2", "Hansi", "REX", "List of relations");
    }

    @Test
    void data_of_a_refused_copy_is_not_run_as_sql(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(
                folder.resolve("load.sql"),
                "COPY t FROM stdin;\ndrop table t;\ninsert into t values (99);\n\\.\nSELECT 'went on';\n");
        try (TestProxy proxy = TestProxy.start(server, "deny")) {
            Result result = ClientTools.run(
                    ClientTools.command("psql", proxy.port(), "alice", database, "-X", "-f", script.toString()), "");
            assertThat(result.err()).contains("no bulk loads").doesNotContain("syntax error");
            assertThat(result.out()).contains("went on");
        }
        assertThat(server.ask(database, "SELECT count(*), max(i) FROM t")).isEqualTo("3,3");
    }

    @Test
    void on_error_stop_ends_the_script_at_a_refusal() {
        try (TestProxy proxy = TestProxy.start(server, "deny")) {
            Result result =
                    psql(proxy.port(), database, "\\set ON_ERROR_STOP 1\nDELETE FROM t;\nINSERT INTO t VALUES (4);\n");
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.err()).contains("no deletes");
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("3");
    }

    @Test
    void a_held_statement_waits_shows_a_notice_and_runs_when_approved() {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                Approver bob = new Approver(proxy, "bob", database)) {
            Running alice = ClientTools.start(
                    ClientTools.command("psql", proxy.port(), "alice", database, "-X", "-c", "DELETE FROM t"), "");
            String code = bob.awaitHold();
            assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("3");
            assertThat(bob.approve(code)).isTrue();
            Result result = alice.await();
            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).contains("DELETE 3");
            assertThat(result.err()).contains("NOTICE", code, "deletes need two", "bob");
        }
    }

    @Test
    void control_c_withdraws_a_held_statement() {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                Approver bob = new Approver(proxy, "bob", database)) {
            Running alice = ClientTools.start(
                    ClientTools.command("psql", proxy.port(), "alice", database, "-X", "-c", "DELETE FROM t"), "");
            String code = bob.awaitHold();
            alice.interrupt();
            Result result = alice.await();
            assertThat(result.exitCode()).isNotZero();
            assertThat(bob.approve(code)).isFalse();
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("3");
    }

    /** The statement waits by its rule from now on. */
    private static void awaitDelay(TestProxy proxy) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> proxy.audited().stream().anyMatch(line -> line.contains("\"decision\":\"delay\"")));
    }

    @Test
    void control_c_withdraws_a_delayed_statement() {
        server.run(database, "ALTER TABLE t OWNER TO alice");
        try (TestProxy proxy = TestProxy.start(server, "delay")) {
            Running alice = ClientTools.start(
                    ClientTools.command("psql", proxy.port(), "alice", database, "-X", "-c", "DROP TABLE t"), "");
            awaitDelay(proxy);
            alice.interrupt();
            Result result = alice.await();
            assertThat(result.exitCode()).isNotZero();
            assertThat(result.err()).contains("runs in 1h 0m", "canceling statement due to user request");
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("3");
    }

    @Test
    void a_killed_psql_takes_its_delayed_statement_along() {
        try (TestProxy proxy = TestProxy.start(server, "delay")) {
            Running alice = ClientTools.start(
                    ClientTools.command("psql", proxy.port(), "alice", database, "-X", "-c", "DELETE FROM t"), "");
            awaitDelay(proxy);
            alice.process().destroyForcibly();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> proxy.audited().stream().anyMatch(line -> line.contains("\"delay_ended\"")));
            assertThat(proxy.audited())
                    .filteredOn(line -> line.contains("\"delay_ended\""))
                    .singleElement()
                    .asString()
                    .contains("\"outcome\":\"withdrawn\"");
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("3");
    }

    @Test
    void a_name_is_typed_and_the_statement_repeated() {
        server.run(database, "ALTER TABLE t OWNER TO alice");
        try (TestProxy proxy = TestProxy.start(server, "confirm")) {
            Result result = psql(
                    proxy.port(),
                    database,
                    "DROP TABLE t;\nSALLYPORT CONFIRM 'u';\nDROP TABLE t;\nSALLYPORT CONFIRM 't';\nDROP TABLE t;\n");
            assertThat(result.err())
                    .contains(
                            "names typed",
                            "gone is gone",
                            "SALLYPORT CONFIRM '<name of the table>'",
                            "'u' is not what");
            assertThat(result.out()).contains("send it again", "DROP TABLE");
        }
        assertThat(server.ask(database, "SELECT to_regclass('t') IS NULL")).isEqualTo("t");
    }

    @Test
    void a_policy_that_observes_lets_psql_work_as_ever() {
        Result direct = psql(server.port(), server.freshDatabase(), EVERYDAY);
        try (TestProxy proxy = TestProxy.start(server, "observe")) {
            assertThat(psql(proxy.port(), server.freshDatabase(), EVERYDAY)).isEqualTo(direct);
            assertThat(psql(proxy.port(), database, "DELETE FROM t;\nSALLYPORT STATUS;\n")
                            .out())
                    .contains("DELETE 3", "OBSERVING");
            assertThat(proxy.scrape())
                    .contains("sallyport_observed_total{decision=\"hold\",rule=\"deletes need two\"} 1.0");
        }
    }
}
