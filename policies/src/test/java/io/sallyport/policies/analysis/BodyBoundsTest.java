package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies made to cost much, and bodies made of pieces at random. */
class BodyBoundsTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private static final List<String> PIECES = List.of(
            ("begin end if then else elsif loop while for foreach in case when exception declare return query next execute into using"
                            + " strict perform raise exit continue open fetch close call do commit null get cursor is default reverse by"
                            + " insert update delete from select with as set where values import create rule function atomic language")
                    .split(" "));

    private static final List<String> MARKS = List.of(
            ";",
            ";",
            ";",
            "(",
            ")",
            "[",
            "]",
            ":=",
            "=",
            "..",
            ",",
            ".",
            "||",
            "'a'",
            "E'\\''",
            "1",
            "$1",
            "x",
            "t",
            "<<",
            ">>",
            "#",
            "$q$",
            "'",
            "\"",
            "/*",
            "--\n",
            "::",
            "end if;",
            "end loop;",
            "end case;",
            "end;",
            "'delete from t'",
            "\\");

    @Test
    void deep_and_long_bodies_are_read_in_bounded_time() {
        int many = 40_000;
        for (String body : List.of(
                "BEGIN ".repeat(many) + "END; ".repeat(many),
                "BEGIN " + "IF a THEN ".repeat(many),
                "BEGIN " + "LOOP ".repeat(many) + "END LOOP; ".repeat(many) + "END",
                "BEGIN " + "CASE ".repeat(many),
                "BEGIN " + "FOR x IN ".repeat(many),
                "BEGIN " + "<<a>>".repeat(many) + " NULL; END",
                "BEGIN " + "DELETE FROM t; ".repeat(many) + "END",
                "BEGIN " + "x := f(); ".repeat(many) + "END",
                "BEGIN EXECUTE 'a'" + " || 'b'".repeat(many) + "; END",
                "BEGIN EXECUTE " + "(".repeat(many) + "'a'" + ")".repeat(many) + "; END",
                "BEGIN SELECT 1 INTO a" + ", a".repeat(many) + "; END",
                "BEGIN a" + "[1]".repeat(many) + " := 1; END",
                "BEGIN x := " + "[".repeat(many) + "; END",
                "DECLARE " + "a int := 1; ".repeat(many) + "BEGIN END",
                ";".repeat(1_000_000),
                "#".repeat(1_000_000),
                "x".repeat(5_000_000))) {
            for (String sql : List.of(
                    "DO $b$" + body + "$b$", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $b$" + body + "$b$")) {
                assertThat(assertTimeoutPreemptively(BOUND, () -> read(sql))).hasSize(1);
            }
        }
    }

    @Test
    void bodies_in_bodies_beyond_any_use_are_unreadable() {
        StringBuilder sql = new StringBuilder("DELETE FROM t;");
        for (int i = 0; i < 60; i++) {
            sql.insert(0, "DO $a" + i + "$BEGIN ").append(" END$a" + i + "$;");
        }
        StatementFacts facts = read(sql.toString()).get(0);
        int depth = 0;
        while (!facts.nested().isEmpty()) {
            facts = facts.nested().get(0);
            depth++;
        }
        assertThat(facts.kind()).isEqualTo(StatementKind.UNREADABLE);
        assertThat(depth).isBetween(20, 40);
    }

    @Test
    void quotes_in_quotes_are_read_to_the_bottom() {
        String body = "BEGIN DELETE FROM t; END";
        for (int i = 0; i < 8; i++) {
            body = "BEGIN EXECUTE '" + ("DO '" + body.replace("'", "''") + "'").replace("'", "''") + "'; END";
        }
        StatementFacts facts = read("DO $$" + body + "$$").get(0);
        while (!facts.nested().isEmpty()) {
            facts = facts.nested().get(0);
        }
        assertThat(facts.kind()).isEqualTo(StatementKind.DELETE);
    }

    @Test
    void more_statements_than_anyone_reads_end_in_an_unreadable_one() {
        List<StatementFacts> nested = read("DO $$BEGIN " + "DELETE FROM t;".repeat(20_000) + "END$$")
                .get(0)
                .nested();
        assertThat(nested).hasSizeBetween(10_000, 10_001);
        assertThat(nested.get(nested.size() - 1).kind()).isEqualTo(StatementKind.UNREADABLE);
    }

    @Test
    void random_bodies_are_read_and_never_thrown_at() {
        Random random = new Random(7);
        for (int round = 0; round < 12_000; round++) {
            StringBuilder body = new StringBuilder(random.nextInt(4) == 0 ? "" : "begin ");
            for (int i = random.nextInt(30); i >= 0; i--) {
                List<String> pieces = random.nextInt(5) < 3 ? PIECES : MARKS;
                body.append(pieces.get(random.nextInt(pieces.size()))).append(random.nextInt(8) == 0 ? "" : " ");
            }
            assertUnderstood("DO $body$" + body + "$body$");
            assertUnderstood("CREATE FUNCTION f() RETURNS int AS $body$" + body + "$body$ LANGUAGE sql");
            assertUnderstood("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC " + body);
            assertUnderstood("CREATE RULE r AS ON INSERT TO t DO " + body);
            assertUnderstood("CREATE FUNCTION f() " + body);
        }
    }

    @Test
    void byte_changed_around_a_delete_never_hides_it() {
        String before = "DO $$ DECLARE r t; BEGIN IF a THEN FOR r IN SELECT * FROM u LOOP ";
        String after = "DELETE FROM t WHERE id = r.id; END LOOP; END IF; END $$";
        for (int place = 6; place < before.length(); place++) {
            for (char c = ' '; c < 0x7f; c++) {
                String sql = before.substring(0, place) + c + before.substring(place + 1) + after;
                List<StatementFacts> nested = read(sql).get(0).nested();
                assertThat(nested).as(sql).anyMatch(inner -> inner.statementClass() == StatementClass.DESTROY);
            }
        }
    }

    private static void assertUnderstood(String sql) {
        for (StatementFacts facts : SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                .statements()) {
            assertClean(facts, sql);
        }
    }

    /** A reader that failed is caught, and yet a mistake of ours. */
    private static void assertClean(StatementFacts facts, String sql) {
        assertThat(facts.unreadable() == null ? "" : facts.unreadable()).as(sql).doesNotStartWith("the reader failed");
        facts.nested().forEach(inner -> assertClean(inner, sql));
        facts.deferred().forEach(inner -> assertClean(inner, sql));
    }

    private static List<StatementFacts> read(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return assertTimeoutPreemptively(
                BOUND, () -> SqlAnalyzer.complete(text, LexerSettings.DEFAULT).statements());
    }
}
