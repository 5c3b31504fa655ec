package io.sallyport.proxy.it.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.cli.Invocation;
import io.sallyport.proxy.it.wire.Frontend;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was deleted, updated or truncated comes back row for row, or not at all and with its reason. */
@Timeout(120)
final class UndoIT {
    private KeptStage stage;

    @BeforeEach
    void opens() {
        stage = new KeptStage();
    }

    @AfterEach
    void closes() {
        stage.close();
    }

    /** Asks by_scram's way, has bob approve it, and tells how it ended. */
    private String undo() {
        String before = stage.code();
        Invocation asked = Invocation.with(stage.environment(), "undo", before, "--run", "--no-wait");
        if (asked.exitCode() != 0) {
            return asked.err().strip();
        }
        String hold = asked.out().strip();
        assertThat(stage.bob.approve(hold)).isTrue();
        await().until(() -> Invocation.with(stage.environment(), "show", hold, "--format", "json")
                .out()
                .contains("\"outcome\""));
        String json = Invocation.with(stage.environment(), "undo", before, "--format", "json")
                .out();
        return json.contains("\"state\" : \"undone\"")
                ? "undone"
                : json.replaceAll("(?s).*\"note\" : \"([^\\n]*)\",?\\n.*", "$1");
    }

    private static final String RICH = """
            CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TYPE pair AS (a int, b text);
            CREATE DOMAIN small AS int CHECK (VALUE < 1000);
            CREATE TABLE rich (
              "Id" int GENERATED ALWAYS AS IDENTITY, region text, PRIMARY KEY ("Id", region),
              twice int GENERATED ALWAYS AS (n * 2) STORED, n small, a int[], j json, jb jsonb, b bytea, m mood, p pair, gone int,
              x xml, num numeric, f float8, at timestamptz DEFAULT now(), c char(5), v varchar(9), u uuid, r int4range, i interval, e text, bits bit(3), ip inet);
            ALTER TABLE rich DROP COLUMN gone;
            INSERT INTO rich (region, n, a, j, jb, b, m, p, x, num, f, c, v, u, r, i, e, bits, ip)
              SELECT 'eu', g, ARRAY[g, NULL, 3], '{"a":  1, "a": 2}', '{"b": [1, null]}', '\\x00ff27', 'glad', ROW(g, 'it''s "q", (x)')::pair, '<a>&amp;</a>', 1.50, 0.1::float8 + 0.2::float8,
              'ab', 'ab', '00000000-0000-0000-0000-00000000000a', '[1,5)', '1 mon 3 days', '', B'101', '10.0.0.1/8' FROM generate_series(1, 5) g;
            INSERT INTO rich (region) VALUES ('null'), ('ünï');
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "DELETE FROM rich WHERE region <> 'x'",
                "DELETE FROM rich WHERE n > 2",
                "UPDATE rich SET n = 7, a = NULL, j = '{}', jb = NULL, b = '', m = 'sad', p = NULL, x = NULL, num = 1.5, f = 'NaN', at = now(), c = 'zz', v = NULL, r = 'empty', i = '1', e = NULL, bits = B'000', ip = NULL",
                "UPDATE rich SET e = 'x' WHERE n IS NULL",
                "TRUNCATE rich"
            })
    void every_type_of_column_comes_back_as_it_was(String sql) {
        stage.given(RICH);
        String before = stage.ask("SELECT rich::text FROM rich ORDER BY \"Id\"");
        assertThat(KeptStage.outcome(stage.approved(sql))).doesNotStartWith("4");
        assertThat(stage.ask("SELECT rich::text FROM rich ORDER BY \"Id\"")).isNotEqualTo(before);
        assertThat(undo()).isEqualTo("undone");
        assertThat(stage.ask("SELECT rich::text FROM rich ORDER BY \"Id\"")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "DELETE FROM dup WHERE i = 1",
                "TRUNCATE dup",
                "DELETE FROM part WHERE id BETWEEN 5 AND 15",
                "UPDATE part SET v = 'x' WHERE id BETWEEN 5 AND 15",
                "TRUNCATE part",
                "DELETE FROM part_1 WHERE id > 3",
                "UPDATE uniq SET v = 'y'",
                "DELETE FROM child",
                "TRUNCATE parent, child",
                "TRUNCATE child, parent",
                "DELETE FROM \"Odd \"\"name\" WHERE \"select\" = 1",
                "UPDATE \"Odd \"\"name\" SET \"?\" = 'new'"
            })
    void tables_of_every_kind_come_back_as_they_were(String sql) {
        stage.given("""
                CREATE TABLE dup (i int, j json); INSERT INTO dup VALUES (1, '{}'), (1, '{}'), (1, NULL), (2, '{}'), (NULL, NULL);
                CREATE TABLE part (id int, v text, PRIMARY KEY (id)) PARTITION BY RANGE (id);
                CREATE TABLE part_1 (v text, id int NOT NULL); ALTER TABLE part ATTACH PARTITION part_1 FOR VALUES FROM (0) TO (10);
                CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (10) TO (30);
                INSERT INTO part SELECT i, 'v' || i FROM generate_series(1, 20) i;
                CREATE TABLE uniq (a text NOT NULL, b date NOT NULL, v text, UNIQUE (b, a)); INSERT INTO uniq VALUES ('a', '2024-01-01', NULL), ('b', '2024-01-01', 'q');
                CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY, p int REFERENCES parent);
                INSERT INTO parent VALUES (1), (2); INSERT INTO child VALUES (1, 1), (2, 2), (3, NULL);
                CREATE TABLE "Odd ""name" ("select" int PRIMARY KEY, "?" text); INSERT INTO "Odd ""name" VALUES (1, 'ä'), (2, '?');
                """);
        String all =
                "SELECT x FROM (SELECT 'd' || d AS x FROM dup d UNION ALL SELECT 'p' || tableoid::regclass || p FROM part p UNION ALL SELECT 'u' || u FROM uniq u"
                        + " UNION ALL SELECT 'pa' || p FROM parent p UNION ALL SELECT 'c' || c FROM child c UNION ALL SELECT 'o' || o FROM \"Odd \"\"name\" o) y ORDER BY x";
        String before = stage.ask(all);
        assertThat(KeptStage.outcome(stage.approved(sql))).matches("(DELETE|UPDATE) [1-9][0-9]*|TRUNCATE TABLE");
        assertThat(stage.ask(all)).isNotEqualTo(before);
        assertThat(undo()).isEqualTo("undone");
        assertThat(stage.ask(all)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "DELETE FROM t WHERE id < 4 # INSERT INTO t VALUES (2, 'new') # not undone: rows with the same key are in t again: (2)",
                "DELETE FROM t WHERE id < 4 # INSERT INTO t VALUES (20, 'v2') # not undone: a row with the same key is there again: Key (v)=(v2) already exists.",
                "DELETE FROM child WHERE id = 1 # DELETE FROM t WHERE id = 5 # not undone: a row that it refers to is not there any more: Key (t)=(5) is not present in table \\\"t\\\".",
                "DELETE FROM t WHERE id < 4 # ALTER TABLE t ADD COLUMN w int # not undone: the columns of t are not what they were, or it is another table",
                "DELETE FROM t WHERE id < 4 # ALTER TABLE t RENAME TO t2 # not undone: the columns of t are not what they were, or it is another table",
                "UPDATE t SET v = v || '!' # UPDATE t SET v = 'other' || id WHERE id IN (2, 4) # not undone: rows of t have changed since: (2), (4)",
                "UPDATE t SET v = v || '!' # DELETE FROM t WHERE id = 3 # not undone: rows of t have changed since: (3)",
                "UPDATE t SET v = v || '!' WHERE id = 1 # UPDATE t SET v = 'v1' WHERE id = 6 # not undone: a row with the same key is there again: Key (v)=(v1) already exists.",
                "TRUNCATE child # CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id = 9; RETURN NEW; END $$; CREATE TRIGGER g BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION f() # not undone: 1 rows of child would not come out as they were kept: a trigger, or a generated column, makes others of them"
            })
    void what_has_changed_since_is_left_alone_with_its_reason(String sql, String then, String why) {
        stage.given(
                "CREATE TABLE t (id int PRIMARY KEY, v text UNIQUE); INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 6) i;"
                        + " CREATE TABLE child (id int PRIMARY KEY, t int REFERENCES t ON DELETE RESTRICT); INSERT INTO child VALUES (1, 5)");
        if (sql.startsWith("TRUNCATE t")) {
            stage.given("DROP TABLE child");
        }
        assertThat(KeptStage.outcome(stage.approved(sql))).doesNotStartWith("4");
        stage.server.run(stage.database, then);
        String now = stage.ask("SELECT count(*), md5(string_agg(c::text, ';' ORDER BY c.id)) FROM child c");
        assertThat(undo()).isEqualTo(why);
        assertThat(stage.ask("SELECT count(*), md5(string_agg(c::text, ';' ORDER BY c.id)) FROM child c"))
                .isEqualTo(now);
    }

    @Test
    void undo_is_told_asked_for_approved_by_somebody_else_and_done_once() {
        stage.given("CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        stage.approved("DELETE FROM t");
        String code = stage.code();
        Map<String, String> environment = stage.environment();
        Invocation told = Invocation.with(environment, "undo", code);
        assertThat(told.exitCode()).isZero();
        assertThat(told.out())
                .contains("2 rows of t kept as they were before DELETE")
                .contains(
                        "INSERT INTO \"public\".\"t\" (\"id\", \"v\") OVERRIDING SYSTEM VALUE SELECT k.\"id\", k.\"v\" FROM sallyport_kept.\"k"
                                + code.replace("-", "").toLowerCase(Locale.ROOT) + "_1\" AS k");
        assertThat(told.err()).contains("--run");
        String hold = Invocation.with(environment, "undo", code, "--run", "--no-wait", "--reason", "too much")
                .out()
                .strip();
        assertThat(Invocation.with(environment, "undo", code, "--run", "--no-wait")
                        .err())
                .contains("waits already: " + hold);
        assertThat(Invocation.with(environment, "approve", hold).err())
                .as("its own requester")
                .contains("it takes a second person");
        assertThat(Invocation.with(environment, "show", hold).out())
                .contains("INSERT INTO")
                .contains("too much")
                .contains("brings back 2 rows of t");
        assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(stage.bob.approve(hold)).isTrue();
        await().until(() -> stage.ask("SELECT count(*) FROM t").equals("2"));
        await().until(() -> Invocation.with(environment, "undo", code).out().contains("brought back by " + hold));
        Invocation twice = Invocation.with(environment, "undo", code, "--run", "--no-wait");
        assertThat(twice.exitCode()).isEqualTo(1);
        assertThat(twice.err()).contains("brought back by " + hold);
        await().until(() -> stage.proxy.audited().toString().contains("\"outcome\":\"undone\""));
        assertThat(stage.proxy.scrape()).contains("sallyport_undo_total{outcome=\"undone\"} 1.0");
    }

    @Test
    void undo_waits_for_its_approval_and_prints_the_end() throws InterruptedException {
        stage.given("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
        stage.approved("TRUNCATE t");
        Invocation[] waited = new Invocation[1];
        String code = stage.code();
        Thread waiting = new Thread(() -> waited[0] = Invocation.with(stage.environment(), "undo", code, "--run"));
        waiting.start();
        String hold = stage.bob.awaitHold();
        assertThat(stage.bob.approve(hold)).isTrue();
        waiting.join();
        assertThat(waited[0].err()).contains("waiting for a second person to approve " + hold);
        assertThat(waited[0].out()).contains("brought back by " + hold);
        assertThat(waited[0].exitCode()).isZero();
        assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void rejected_undo_changes_nothing_and_can_be_asked_for_again() throws InterruptedException {
        stage.given("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
        stage.approved("TRUNCATE t");
        String code = stage.code();
        String hold = Invocation.with(stage.environment(), "undo", code, "--run", "--no-wait")
                .out()
                .strip();
        assertThat(stage.bob.reject(hold, "no")).isTrue();
        assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(undo()).isEqualTo("undone");
    }

    @Test
    void nothing_is_undone_of_what_was_rolled_back() {
        stage.given("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
        stage.alice.query("BEGIN");
        stage.approved("DELETE FROM t");
        stage.alice.query("ROLLBACK");
        assertThat(undo()).isEqualTo("not undone: not all that was kept of t is there");
        assertThat(stage.ask("SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void forged_rows_do_not_come_back() {
        stage.given("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
        stage.approved("DELETE FROM t WHERE id = 1");
        stage.server.run(
                stage.database, "INSERT INTO " + KeptStage.table(stage.code()) + " VALUES ('b', 0, '(0,1)', 666)");
        assertThat(undo()).isEqualTo("undone");
        assertThat(stage.ask("SELECT string_agg(id::text, ',' ORDER BY id) FROM t"))
                .isEqualTo("1,2");
    }

    @Test
    void kept_rows_are_dropped_when_their_time_is_up() {
        try (KeptStage soon = new KeptStage("safety.keep_for", "1s")) {
            soon.given("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
            soon.approved(Frontend.query("DELETE FROM t"));
            soon.awaitNothingLeft();
            await().until(() -> Invocation.with(soon.environment(), "undo", soon.code())
                    .out()
                    .contains("dropped since"));
            assertThat(Invocation.with(soon.environment(), "undo", soon.code(), "--run", "--no-wait")
                            .err())
                    .contains("dropped since");
        }
    }
}
