package io.sallyport.proxy.it.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exactly the rows that a statement touches are kept, or it does not run. */
@Timeout(120)
final class KeepRowsIT {
    private KeptStage stage;

    @BeforeEach
    void opens() {
        stage = new KeptStage();
        stage.given(
                "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 10) i;"
                        + " CREATE TABLE u (id int, w text); INSERT INTO u SELECT i, 'w' || i FROM generate_series(4, 6) i");
    }

    @AfterEach
    void closes() {
        stage.close();
    }

    @Test
    void deleted_rows_are_kept_and_the_requester_reads_where() {
        List<ServerMessage> answer = stage.approved("DELETE FROM t WHERE id < 4");
        assertThat(KeptStage.outcome(answer)).isEqualTo("DELETE 3");
        assertThat(answer)
                .filteredOn(message -> message.type() == 'N')
                .extracting(message -> message.field('M'))
                .contains("3 rows of t kept as they were before DELETE");
        assertThat(stage.ask("SELECT id, v FROM " + KeptStage.table(stage.code()) + " ORDER BY id"))
                .isEqualTo("1,v1\n2,v2\n3,v3");
        assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("7");
        await().until(() -> stage.proxy.audited().toString().contains("\"rows_kept\""));
        assertThat(stage.proxy.scrape()).contains("sallyport_safety_nets_total{net=\"keep_rows\",outcome=\"ok\"} 1.0");
        assertThat(KeptStage.outcome(stage.alice.query(
                        "INSERT INTO " + KeptStage.table(stage.code()) + " VALUES ('b', 1, '(0,1)', 7, 'x')")))
                .as("its requester may not write there any more")
                .startsWith("42501");
        assertThat(KeptStage.outcome(stage.alice.query("SELECT * FROM " + KeptStage.table(stage.code()))))
                .startsWith("42501");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "DELETE FROM t # DELETE 10 # 10",
                "DELETE FROM t USING u WHERE t.id = u.id RETURNING u.w # DELETE 3 # 3",
                "DELETE FROM ONLY t AS x WHERE x.id IN (SELECT id FROM u) # DELETE 3 # 3",
                "WITH w AS (SELECT id FROM u WHERE id > 4) DELETE FROM t USING w WHERE w.id = t.id # DELETE 2 # 2",
                "DELETE FROM t WHERE id = 99 # DELETE 0 # 0",
                "UPDATE t SET v = 'x' WHERE id < 3 # UPDATE 2 # 4",
                "UPDATE t AS a SET v = u.w FROM u WHERE u.id = a.id # UPDATE 3 # 6",
                "UPDATE t SET v = v # UPDATE 10 # 20",
                "TRUNCATE t # TRUNCATE TABLE # 10",
                "TRUNCATE TABLE ONLY t # TRUNCATE TABLE # 10"
            })
    void every_form_of_statement_is_kept(String sql, String tag, String rows) {
        assertThat(KeptStage.outcome(stage.approved(sql))).isEqualTo(tag);
        assertThat(stage.kept()).isEqualTo(rows);
    }

    @Test
    void parameters_of_a_driver_are_the_same_ones() {
        List<ServerMessage> answer = stage.approved(
                Frontend.parse("", "UPDATE t SET v = $1 WHERE id = $2 OR v = $3"),
                Frontend.bind("", "", "new", "3", "v7"),
                Frontend.describePortal(""),
                Frontend.execute("", 0),
                Frontend.sync());
        assertThat(KeptStage.outcome(answer)).isEqualTo("UPDATE 2");
        assertThat(stage.ask("SELECT sallyport_part, id, v FROM " + KeptStage.table(stage.code()) + " ORDER BY 1, 2"))
                .isEqualTo("a,3,new\na,7,new\nb,3,v3\nb,7,v7");
        assertThat(answer).extracting(ServerMessage::type).last().isEqualTo('Z');
    }

    @Test
    void in_a_transaction_of_the_clients_they_are_kept_with_it_or_not_at_all() {
        stage.alice.query("BEGIN");
        assertThat(KeptStage.outcome(stage.approved("DELETE FROM t WHERE id < 3")))
                .isEqualTo("DELETE 2");
        String first = stage.code();
        assertThat(KeptStage.outcome(stage.alice.query("COMMIT"))).isEqualTo("COMMIT");
        assertThat(stage.ask("SELECT count(*) FROM " + KeptStage.table(first))).isEqualTo("2");
        stage.alice.query("BEGIN");
        assertThat(KeptStage.outcome(stage.approved("DELETE FROM t"))).isEqualTo("DELETE 8");
        assertThat(KeptStage.outcome(stage.alice.query("ROLLBACK"))).isEqualTo("ROLLBACK");
        assertThat(stage.kept()).isEqualTo("0");
        assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("8");
    }

    @Test
    void what_cannot_be_kept_in_a_transaction_fails_it_as_any_error_does() {
        stage.given(
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM u; RETURN OLD; END $$;"
                        + " CREATE TRIGGER g BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION f()");
        stage.alice.query("BEGIN");
        stage.alice.query("INSERT INTO u VALUES (77)");
        List<ServerMessage> answer = stage.approved("DELETE FROM t WHERE id = 1");
        assertThat(KeptStage.outcome(answer))
                .startsWith(
                        "42501 rolled back by Sallyport: not everything that it touched was kept: it also changed or deleted");
        assertThat(KeptStage.outcome(stage.alice.query("SELECT 1"))).startsWith("25P02");
        assertThat(KeptStage.outcome(stage.alice.query("COMMIT"))).isEqualTo("ROLLBACK");
        assertThat(stage.ask("SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM u)"))
                .isEqualTo("10,3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "CREATE TABLE c (t int REFERENCES t ON DELETE CASCADE); INSERT INTO c VALUES (1) # DELETE FROM t WHERE id = 1 # it also changed or deleted 1 row of c",
                "CREATE TABLE c (t int REFERENCES t ON DELETE SET NULL); INSERT INTO c VALUES (1) # DELETE FROM t WHERE id = 1 # it also changed or deleted 1 row of c",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL END $$; # UPDATE t SET id = id + 100 # it changed the key of 10 rows of t",
                "SELECT 1 # DELETE FROM t WHERE random() < 2 AND id = 1 + (clock_timestamp() IS NULL)::int # -",
                "SELECT 1 # DELETE FROM t WHERE id = (SELECT min(id) FROM t) + (SELECT count(*) FROM pg_tables WHERE schemaname = 'sallyport_kept') # -"
            })
    void what_else_is_touched_rolls_it_back(String given, String sql, String why) {
        if (!given.contains("FUNCTION")) {
            stage.given(given);
        }
        List<ServerMessage> answer = stage.approved(sql);
        if (why.equals("-")) {
            assertThat(KeptStage.outcome(answer)).isEqualTo("DELETE 1");
        } else {
            assertThat(KeptStage.outcome(answer))
                    .startsWith("42501 rolled back by Sallyport: not everything that it touched was kept: " + why);
            assertThat(stage.ask("SELECT count(*) FROM t WHERE id <= 10")).isEqualTo("10");
            stage.awaitNothingLeft();
        }
        assertThat(KeptStage.outcome(stage.alice.query("SELECT 1"))).isEqualTo("SELECT 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "DELETE FROM t; DELETE FROM u # more than one statement",
                "TRUNCATE t CASCADE # CASCADE",
                "DROP TABLE t # drop_table is not one of",
                "WITH d AS (DELETE FROM u RETURNING id) DELETE FROM t # it writes in more than one place",
                "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE # it writes in more than one place"
            })
    void what_its_text_says_cannot_be_kept_is_refused_before_anybody_is_asked(String sql, String why) {
        List<ServerMessage> answer = stage.alice.query(sql);
        assertThat(KeptStage.outcome(answer)).startsWith("42501 denied by Sallyport: the rows cannot be kept: " + why);
        assertThat(stage.bob.noHolds()).isTrue();
        assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "CREATE VIEW v AS SELECT * FROM t # DELETE FROM v # v is no table",
                "CREATE TABLE k (i int) # UPDATE k SET i = 1 # k has no primary key",
                "CREATE TABLE p (i int); CREATE TABLE c (j int) INHERITS (p) # DELETE FROM p # p has tables that inherit",
                "CREATE TABLE r (i int); CREATE RULE x AS ON DELETE TO r DO ALSO NOTHING # DELETE FROM r # r has rules"
            })
    void tables_that_cannot_be_kept_are_refused_before_anybody_is_asked(String given, String sql, String why) {
        stage.given(given);
        String refused = "42501 denied by Sallyport: the rows cannot be kept: " + why;
        assertThat(KeptStage.outcome(stage.alice.query(sql))).startsWith(refused);
        assertThat(stage.bob.noHolds()).isTrue();
        stage.alice.query("BEGIN");
        assertThat(KeptStage.outcome(stage.approved(sql))).startsWith(refused);
        assertThat(KeptStage.outcome(stage.alice.query("ROLLBACK"))).isEqualTo("ROLLBACK");
    }

    @Test
    void role_that_may_not_read_the_table_is_refused() {
        stage.given("SELECT 1");
        stage.server.run(stage.database, "REVOKE ALL ON t FROM PUBLIC; GRANT DELETE ON t TO alice");
        assertThat(KeptStage.outcome(stage.approved("DELETE FROM t")))
                .isEqualTo("42501 denied by Sallyport: the rows cannot be kept: permission denied for table t");
        stage.awaitNothingLeft();
    }

    @Test
    void more_rows_than_may_be_kept_are_refused() {
        try (KeptStage small = new KeptStage("safety.keep_most_rows", "5")) {
            small.given("CREATE TABLE t AS SELECT i FROM generate_series(1, 6) i");
            assertThat(KeptStage.outcome(small.approved("DELETE FROM t")))
                    .isEqualTo("54000 denied by Sallyport: the rows cannot be kept: there are more than 5");
            assertThat(KeptStage.outcome(small.approved("DELETE FROM t WHERE i < 6")))
                    .isEqualTo("DELETE 5");
        }
    }

    @Test
    void row_that_comes_in_between_rolls_all_of_it_back() {
        // The copy waits for a row that another session has locked: what comes meanwhile, it does not see.
        try (WireClient other = WireClient.login(stage.server.port(), "postgres", stage.database)) {
            other.query("BEGIN; UPDATE t SET v = v WHERE id = 3");
            stage.alice.send(Frontend.query("DELETE FROM t WHERE v LIKE 'v%'"));
            assertThat(stage.bob.approve(stage.held())).isTrue();
            waits(other, "locktype = 'transactionid'");
            other.query("INSERT INTO t VALUES (11, 'v11')");
            other.query("COMMIT");
            assertThat(KeptStage.outcome(stage.alice.readUntilReady()))
                    .isEqualTo("42501 rolled back by Sallyport: not everything that it touched was kept:"
                            + " it touched 11 rows of t, and 10 were kept");
            assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("11");
        }
    }

    @Test
    void function_that_the_condition_calls_is_refused_for_it_would_run_twice() {
        stage.given("CREATE FUNCTION mine(int) RETURNS bool LANGUAGE sql VOLATILE AS 'SELECT true'");
        assertThat(KeptStage.outcome(stage.alice.query("DELETE FROM t WHERE mine(id)")))
                .contains("it calls mine, which would run twice");
    }

    @Test
    void row_that_an_operator_puts_into_the_kept_table_is_found_out() {
        stage.given("""
                CREATE FUNCTION forges(int, int) RETURNS bool LANGUAGE plpgsql VOLATILE AS $$DECLARE k text; BEGIN
                  SELECT relname INTO k FROM pg_class WHERE relnamespace = 'sallyport_kept'::regnamespace AND relkind = 'r' ORDER BY oid DESC LIMIT 1;
                  EXECUTE format('INSERT INTO sallyport_kept.%I SELECT ''b'', ''t''::regclass, ''(0,99)'', 99, ''forged''', k);
                  RETURN true; END $$;
                CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = forges)""");
        stage.alice.send(Frontend.query("DELETE FROM t WHERE id === 1 AND id < 3"));
        assertThat(stage.bob.approve(stage.held())).isTrue();
        assertThat(KeptStage.outcome(stage.alice.readUntilReady()))
                .contains("something else is in its kept table than what was copied");
        assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("10");
    }

    @Test
    void row_that_another_session_is_changing_is_kept_as_that_session_leaves_it() {
        try (WireClient other = WireClient.login(stage.server.port(), "postgres", stage.database)) {
            other.query("BEGIN; UPDATE t SET v = 'changed' WHERE id = 3");
            stage.alice.send(Frontend.query("DELETE FROM t WHERE id IN (2, 3)"));
            String code = stage.held();
            assertThat(stage.bob.approve(code)).isTrue();
            waits(other, "locktype = 'transactionid'");
            other.query("COMMIT");
            assertThat(KeptStage.outcome(stage.alice.readUntilReady())).isEqualTo("DELETE 2");
            assertThat(stage.ask("SELECT id, v FROM " + KeptStage.table(code) + " ORDER BY id"))
                    .isEqualTo("2,v2\n3,changed");
        }
    }

    @Test
    void cancel_while_rows_are_copied_leaves_everything_as_it_was() {
        try (WireClient other = WireClient.login(stage.server.port(), "postgres", stage.database)) {
            other.query("BEGIN; UPDATE t SET v = 'changed' WHERE id = 3");
            stage.alice.send(Frontend.query("DELETE FROM t"));
            assertThat(stage.bob.approve(stage.held())).isTrue();
            waits(other, "locktype = 'transactionid'");
            try (WireClient canceller = WireClient.connect(stage.proxy.port())) {
                canceller.send(Frontend.cancelRequest(stage.alice.key()));
            }
            assertThat(KeptStage.outcome(stage.alice.readUntilReady())).startsWith("57014");
            other.query("ROLLBACK");
            assertThat(KeptStage.outcome(stage.alice.query("SELECT count(*) FROM t")))
                    .isEqualTo("SELECT 1");
            assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("10");
            stage.awaitNothingLeft();
        }
    }

    @Test
    void client_that_goes_away_while_rows_are_copied_has_changed_nothing() {
        try (WireClient other = WireClient.login(stage.server.port(), "postgres", stage.database)) {
            other.query("BEGIN; UPDATE t SET v = 'changed' WHERE id = 3");
            stage.alice.send(Frontend.query("DELETE FROM t"));
            assertThat(stage.bob.approve(stage.held())).isTrue();
            waits(other, "locktype = 'transactionid'");
            stage.alice.close();
            await().until(() -> stage.proxy.sessions() == 1);
            other.query("ROLLBACK");
            await().until(() -> stage.ask(
                            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'alice' AND datname = current_database()")
                    .equals("0"));
            assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("10");
        }
    }

    private static void waits(WireClient other, String lock) {
        await().until(() -> Rows.of(other.query("SELECT count(*) FROM pg_locks WHERE " + lock + " AND NOT granted"))
                .equals(List.of(List.of("1"))));
    }
}
