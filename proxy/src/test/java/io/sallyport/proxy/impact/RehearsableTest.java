package io.sallyport.proxy.impact;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.decision.Rehearsal;
import io.sallyport.proxy.batch.BatchReader;
import io.sallyport.proxy.batch.Batches;
import io.sallyport.proxy.batch.PreparedStatements;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsableTest {
    private static String objection(String sql, String... known) {
        BatchReader reader = new BatchReader(new AnalysisCache(1 << 16), new PreparedStatements(10));
        return String.valueOf(Rehearsable.objection(
                reader.read(Batches.of(query(sql)), Batches.SETTLED), new Rehearsal(true, false, Set.of(known))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM users WHERE created_at < now() - interval '1 year'",
                "UPDATE t SET a = lower(a), b = pg_catalog.upper(b)",
                "TRUNCATE t",
                "DELETE FROM t WHERE id NOT IN (SELECT max(id) FROM t GROUP BY a HAVING count(*) > 1)",
                "DELETE FROM t USING (SELECT id, row_number() OVER (PARTITION BY a) AS n FROM t) AS d WHERE d.id = t.id AND d.n > 1",
                "DROP TABLE t",
                "WITH d AS (DELETE FROM t RETURNING id) INSERT INTO u SELECT id FROM d",
                "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE",
                "ALTER TABLE t ADD COLUMN c int; DELETE FROM t"
            })
    void what_a_rollback_takes_back_can_be_rehearsed(String sql) {
        assertThat(objection(sql)).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "DELETE FROM t WHERE id = nextval('s') # it calls nextval",
                "DELETE FROM t WHERE setval('s', 1) > 0 # it calls setval",
                "DELETE FROM t WHERE id IN (SELECT id FROM u WHERE pg_advisory_lock(id) IS NULL) # it calls pg_advisory_lock",
                "DELETE FROM t WHERE id = (SELECT dblink_exec('x', 'y')::int) # it calls dblink_exec",
                "SELECT app.tidy() # it calls app.tidy",
                "WITH d AS (DELETE FROM t WHERE mine(id) RETURNING 1) SELECT 1 FROM d # it calls mine",
                "CALL app.tidy() # it calls app.tidy",
                "DO $$BEGIN DELETE FROM t; END$$ # what do runs is in no text",
                "VACUUM t # vacuum cannot run in a transaction",
                "DROP DATABASE d # drop_database cannot run in a transaction",
                "COPY t FROM '/tmp/x' # a rollback may not take back all that copy_from does",
                "COPY t TO PROGRAM 'rm x' # a rollback may not take back all that copy_to does",
                "BEGIN; DELETE FROM t; COMMIT # a rollback may not take back all that begin does",
                "PREPARE p AS DELETE FROM t # a rollback may not take back all that prepare does",
                "FETCH 1 FROM c; DELETE FROM t WHERE CURRENT OF c # a rollback may not take back all that fetch does",
                "CLOSE c; DELETE FROM t # a rollback may not take back all that close does",
                "DELETE FROM t; ANALYZE t # a rollback may not take back all that analyze does",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; DELETE FROM t # a rollback may not take back all that create_function does",
                "SET search_path = evil; DELETE FROM t # a rollback may not take back all that set does",
                "DELETE FROM t WHERE set_config('search_path', 'evil', true) = '' # it changes settings",
                "DELETE FROM t WHERE brin_summarize_new_values('i') > 0 # it calls brin_summarize_new_values",
                "DELETE FROM t WHERE 'x # it cannot be read",
            })
    void what_it_leaves_behind_cannot(String sql, String why) {
        assertThat(objection(sql)).startsWith(why);
    }

    @Test
    void many_statements_take_too_long_together() {
        assertThat(objection("DELETE FROM t;".repeat(20))).isEqualTo("null");
        assertThat(objection("DELETE FROM t;".repeat(21))).isEqualTo("it has more than 20 statements");
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT app.tidy(), app.tidy",
        "SELECT app.tidy(), tidy",
        "CALL app.tidy(), app.tidy",
        "SELECT nextval('s'), nextval",
        "DO $$BEGIN PERFORM app.tidy(); END$$, *"
    })
    void rule_knows_its_functions(String sql, String known) {
        assertThat(objection(sql, known)).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({"SELECT other.tidy(), app.tidy", "SELECT tidy(), app.tidy", "SELECT app.tidy(), other"})
    void other_functions_of_its_name_are_not_known(String sql, String known) {
        assertThat(objection(sql, known)).startsWith("it calls");
    }
}
