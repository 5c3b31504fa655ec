package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs send all day is judged on the event loop, by its tokens: none of it may wait for the parser. */
class OrdinaryConditionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = $1",
                "id = 5",
                "id = $1 AND tenant = 5",
                "\"t\".\"id\" = $1 AND t.version = $2",
                "id IN (1, 2, 3)",
                "id IN ($1, $2, $3)",
                "id NOT IN (1, 2)",
                "NOT id IN (1, 2)",
                "id = ANY ($1::bigint[])",
                "id = ANY ('{1,2}')",
                "id <> ALL ($1)",
                "(a, b) IN ((1, 2), (3, 4))",
                "a BETWEEN 1 AND 5",
                "a BETWEEN $1 AND $2 AND b = 3",
                "a NOT BETWEEN $1 AND $2",
                "created_at < '2024-01-01'",
                "created_at >= '2024-01-01' AND created_at < '2024-02-01'",
                "created_at < now() - interval '30 days'",
                "created_at < current_date - 7",
                "name LIKE 'a%'",
                "name ILIKE '%smith%'",
                "name LIKE $1",
                "name LIKE $1 || '%'",
                "name NOT LIKE 'a%'",
                "name ~ '^abc'",
                "lower(email) = 'a@example.org'",
                "lower(email) = lower($1)",
                "length(name) > 40",
                "data ->> 'kind' = 'x'",
                "data::jsonb ->> 'kind' = $1",
                "data @> '{\"a\": 1}'",
                "tags && $1",
                "active",
                "NOT active",
                "active = true",
                "active IS TRUE AND id = 3",
                "deleted_at IS NULL",
                "deleted_at IS NOT NULL AND id > 5",
                "deleted_at IS NULL OR deleted_at < now()",
                "status = 'new' OR status = 'failed'",
                "status = 'new' OR retries < 3",
                "(status = 'new' AND id = 5) OR (status = 'old' AND id = 6)",
                "status <> ''",
                "id = 5 AND (status = 'new' OR retries < 3 OR retries >= 3)",
                "a = b",
                "a IS DISTINCT FROM 1",
                "parent_id = currval('s')",
                "ctid = '(0,1)'",
                "CURRENT OF c",
                "id IN (SELECT t_id FROM u)",
                "id IN (SELECT t_id FROM u WHERE u.active AND u.kind = 3)",
                "id NOT IN (SELECT t_id FROM u WHERE u.kind = 3)",
                "id = (SELECT max(t_id) FROM u)",
                "id = ANY (SELECT t_id FROM u)",
                "EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id)",
                "EXISTS (SELECT 1 FROM u JOIN v ON v.id = u.v_id WHERE u.t_id = t.id AND v.kind = 3)",
                "NOT EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id)",
                "NOT EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id AND u.deleted_at IS NULL)",
                "id IN (SELECT id FROM t WHERE status = 'queued' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)",
                "id IN (SELECT id FROM t WHERE status = 'queued')",
                "id = (SELECT id FROM t WHERE status = 'queued' ORDER BY id FETCH FIRST 1 ROWS ONLY)"
            })
    void ordinary_condition_needs_no_parser(String condition) {
        assertDecided("DELETE FROM t WHERE " + condition);
        assertDecided("UPDATE t SET a = 1, b = coalesce($9, b) WHERE " + condition + " RETURNING id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET a = u.a FROM u WHERE u.t_id = t.id",
                "UPDATE t SET a = u.a FROM u WHERE u.id = t.id AND u.kind = 3",
                "UPDATE t AS x SET a = s.n FROM (SELECT t_id, count(*) AS n FROM u GROUP BY t_id) s WHERE s.t_id = x.id",
                "UPDATE t SET a = v.a FROM (VALUES (1, 2), (3, 4)) AS v (id, a) WHERE v.id = t.id",
                "UPDATE t SET a = 1 FROM unnest($1::int[]) AS k WHERE t.id = k",
                "DELETE FROM t USING u WHERE t.u_id = u.id AND u.kind = 3",
                "DELETE FROM t a USING u b WHERE a.id = b.id",
                "UPDATE t SET a = 1 FROM (SELECT id FROM t WHERE b = 1 LIMIT 1 FOR UPDATE SKIP LOCKED) s WHERE s.id = t.id",
                "WITH c AS (SELECT id FROM t WHERE b = 1 LIMIT 10) DELETE FROM t USING c WHERE t.id = c.id",
                "INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1 WHERE t.a + 1 < 5",
                "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)"
            })
    void ordinary_statement_needs_no_parser(String sql) {
        assertDecided(sql);
    }

    private static void assertDecided(String sql) {
        Analysis analysis = SqlAnalyzer.tokens(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT);
        assertThat(analysis.structurePending()).as(sql).isFalse();
        assertThat(analysis.statements().get(0).where()).as(sql).isIn(Where.PRESENT, null);
    }
}
