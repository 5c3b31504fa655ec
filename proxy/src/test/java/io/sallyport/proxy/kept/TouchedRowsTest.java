package io.sallyport.proxy.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.kept.TouchedRows.Relation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The query for the rows of a statement is made of its own text. */
final class TouchedRowsTest {
    private static TouchedRows of(String sql, LexerSettings settings) throws Unkeepable {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        StatementFacts facts =
                SqlAnalyzer.complete(bytes, settings).statements().get(0);
        return TouchedRows.of(facts, Arrays.copyOfRange(bytes, facts.start(), facts.end()), settings);
    }

    private static String text(byte[] sql) {
        return new String(sql, StandardCharsets.UTF_8);
    }

    private static String rows(String sql) throws Unkeepable {
        return rows(sql, LexerSettings.DEFAULT);
    }

    private static String rows(String sql, LexerSettings settings) throws Unkeepable {
        TouchedRows rows = of(sql, settings);
        return text(rows.select(rows.tables().get(0), "", "?.*", ""))
                .replace("\n", " ")
                .strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "DELETE FROM t # SELECT t.* FROM t",
                "delete from t; # SELECT t.* FROM t",
                "DELETE FROM s.t WHERE id = 1 # SELECT t.* FROM s.t WHERE (id = 1 )",
                "DELETE FROM db.s.t # SELECT t.* FROM db.s.t",
                "DELETE FROM ONLY t a WHERE a.id < 3 # SELECT a.* FROM ONLY t a WHERE (a.id < 3 )",
                "DELETE FROM ONLY (s.t) AS a # SELECT a.* FROM ONLY (s.t) AS a",
                "DELETE FROM t * WHERE x # SELECT t.* FROM t * WHERE (x )",
                "DELETE FROM \"T \"\"x\" WHERE \"where\" = 1 # SELECT \"T \"\"x\".* FROM \"T \"\"x\" WHERE (\"where\" = 1 )",
                "DELETE FROM t AS \"returning\" WHERE a # SELECT \"returning\".* FROM t AS \"returning\" WHERE (a )",
                "DELETE FROM t WHERE a RETURNING a AS where # SELECT t.* FROM t WHERE (a )",
                "DELETE FROM t RETURNING * # SELECT t.* FROM t",
                "DELETE FROM t USING u WHERE t.i = u.i # SELECT t.* FROM t WHERE EXISTS (SELECT FROM u  WHERE t.i = u.i )",
                "DELETE FROM t USING u RETURNING 1 # SELECT t.* FROM t WHERE EXISTS (SELECT FROM u )",
                "DELETE FROM t a USING u JOIN v USING (i), w WHERE a.i = u.i # SELECT a.* FROM t a WHERE EXISTS (SELECT FROM u JOIN v USING (i), w  WHERE a.i = u.i )",
                "DELETE FROM t USING u JOIN v ON u.i IS DISTINCT FROM v.i WHERE true # SELECT t.* FROM t WHERE EXISTS (SELECT FROM u JOIN v ON u.i IS DISTINCT FROM v.i  WHERE true )",
                "DELETE FROM t WHERE i IN (SELECT i FROM u WHERE x RETURNING) # SELECT t.* FROM t WHERE (i IN (SELECT i FROM u WHERE x RETURNING) )",
                "DELETE FROM t WHERE a = $$ RETURNING $$ RETURNING b # SELECT t.* FROM t WHERE (a = $$ RETURNING $$ )",
                "DELETE FROM t WHERE a = 'x'' RETURNING ' # SELECT t.* FROM t WHERE (a = 'x'' RETURNING ' )",
                "DELETE FROM t WHERE a = E'\\' RETURNING' # SELECT t.* FROM t WHERE (a = E'\\' RETURNING' )",
                "DELETE /* FROM x */ FROM /* y */ s /**/ . /**/ t /* z */ WHERE i = 1 /* no */ # SELECT t.* FROM s /**/ . /**/ t WHERE (i = 1 )",
                "UPDATE t SET a = 1 # SELECT t.* FROM t",
                "UPDATE t SET a = 1, b = DEFAULT WHERE id = $2 # SELECT t.* FROM t WHERE (id = $2 )",
                "UPDATE t AS x SET (a, b) = (SELECT 1, 2 FROM u WHERE true) FROM v WHERE x.i = v.i # SELECT x.* FROM t AS x WHERE EXISTS (SELECT FROM v  WHERE x.i = v.i )",
                "UPDATE t SET a = b IS DISTINCT FROM c, d = extract(year FROM e) WHERE f IS NOT DISTINCT FROM g # SELECT t.* FROM t WHERE (f IS NOT DISTINCT FROM g )",
                "UPDATE t SET a = CASE WHEN b IS NOT DISTINCT FROM 1 THEN 2 END FROM u # SELECT t.* FROM t WHERE EXISTS (SELECT FROM u )",
                "UPDATE t SET a[1] = 2, c.d = 3 WHERE a[1:2] = '{}' # SELECT t.* FROM t WHERE (a[1:2] = '{}' )",
                "WITH w AS (SELECT 1 AS i) DELETE FROM t USING w WHERE t.i = w.i # WITH w AS (SELECT 1 AS i) SELECT t.* FROM t WHERE EXISTS (SELECT FROM w  WHERE t.i = w.i )",
                "WITH RECURSIVE delete(n) AS (SELECT 1), u AS NOT MATERIALIZED (SELECT 2) UPDATE t SET a = 1 # WITH RECURSIVE delete(n) AS (SELECT 1), u AS NOT MATERIALIZED (SELECT 2) SELECT t.* FROM t",
                "WITH recursive AS (SELECT 1) DELETE FROM t # WITH recursive AS (SELECT 1) SELECT t.* FROM t",
                "TRUNCATE t # SELECT t.* FROM t",
                "TRUNCATE TABLE ONLY s.t * CONTINUE IDENTITY RESTRICT # SELECT t.* FROM ONLY s.t *",
            })
    void rows_are_told_by_the_statements_own_words(String sql, String query) throws Unkeepable {
        assertThat(rows(sql)).isEqualTo(query);
    }

    @Test
    void line_comment_at_the_end_does_not_swallow_what_follows() throws Unkeepable {
        assertThat(rows("DELETE FROM t WHERE i = 1 -- or not\n AND j = 2 -- end"))
                .isEqualTo("SELECT t.* FROM t WHERE (i = 1 -- or not  AND j = 2 )");
    }

    @Test
    void backslash_escapes_where_strings_do_not_conform() throws Unkeepable {
        String sql = "DELETE FROM t WHERE a = '\\' RETURNING ' AND b";
        assertThat(rows(sql, new LexerSettings(false, true)))
                .isEqualTo("SELECT t.* FROM t WHERE (a = '\\' RETURNING ' AND b )");
        assertThatThrownBy(() -> rows(sql)).isInstanceOf(Unkeepable.class);
    }

    @Test
    void every_table_of_a_truncate_is_told() throws Unkeepable {
        TouchedRows rows = of("TRUNCATE a, ONLY s.\"B\", \"c d\" . e RESTRICT", LexerSettings.DEFAULT);
        assertThat(rows.verb()).isEqualTo(TouchedRows.Verb.TRUNCATE);
        assertThat(rows.tables().stream().map(Relation::name).map(TouchedRowsTest::text))
                .containsExactly("a", "s.\"B\"", "\"c d\".e");
        assertThat(rows.tables().stream().map(Relation::only)).containsExactly(false, true, false);
        assertThat(text(rows.select(rows.tables().get(2), "INSERT INTO k ", "?.ctid, ?.*", "LIMIT 3 FOR UPDATE OF ?")))
                .isEqualTo("\nINSERT INTO k SELECT e.ctid, e.* FROM \"c d\" . e LIMIT 3 FOR UPDATE OF e");
    }

    @Test
    void they_can_be_counted() throws Unkeepable {
        assertThat(text(of("UPDATE t SET a = 1 FROM u WHERE b", LexerSettings.DEFAULT)
                                .count())
                        .strip())
                .isEqualTo("SELECT pg_catalog.count(*) FROM t WHERE EXISTS (SELECT FROM u\n WHERE b\n)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "DROP TABLE t",
                "INSERT INTO t VALUES (1) ON CONFLICT (i) DO UPDATE SET j = 1",
                "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE",
                "WITH d AS (DELETE FROM u RETURNING *) DELETE FROM t",
                "WITH t AS (SELECT 1) DELETE FROM t",
                "WITH \"T\" AS (SELECT 1) UPDATE s.\"T\" SET a = 1",
                "WITH RECURSIVE w AS (SELECT 1 UNION ALL SELECT 2) SEARCH DEPTH FIRST BY i SET o DELETE FROM t",
                "DELETE FROM t WHERE CURRENT OF c",
                "DELETE FROM t (a) WHERE b",
                "DELETE FROM U&\"t\"",
                "DELETE FROM t WHERE",
                "DELETE FROM t USING WHERE a",
                "UPDATE t set set = 1",
                "DELETE t",
                "TRUNCATE t CASCADE",
                "TRUNCATE t RESTART IDENTITY",
                "TRUNCATE t, u x",
                "TRUNCATE t WHERE a",
                "DELETE FROM t WHERE (a",
                "DELETE FROM t WHERE a)",
                "EXPLAIN ANALYZE DELETE FROM t",
                "PREPARE p AS DELETE FROM t",
                "COPY t FROM STDIN",
                "EXECUTE p",
                "VACUUM FULL t"
            })
    void what_a_query_cannot_tell_is_refused_with_its_reason(String sql) {
        assertThatThrownBy(() -> of(sql, LexerSettings.DEFAULT))
                .isInstanceOf(Unkeepable.class)
                .extracting(refused -> ((Unkeepable) refused).hint())
                .asString()
                .isNotBlank();
    }

    @Test
    void encodings_with_quotes_inside_of_letters_are_refused() {
        assertThatThrownBy(() -> of("DELETE FROM t", new LexerSettings(true, false)))
                .isInstanceOf(Unkeepable.class);
    }
}
