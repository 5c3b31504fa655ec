package io.sallyport.proxy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatementSummaryTest {
    @Test
    void a_do_shows_what_it_would_do() {
        assertThat(summary("DO $$ BEGIN INSERT INTO log VALUES (1); DELETE FROM users; DROP TABLE orders; END $$"))
                .isEqualTo("DO (DELETE on users, without WHERE) (DROP TABLE on orders) (INSERT on log)");
        assertThat(summary("DO $$ BEGIN PERFORM * FROM users; EXECUTE format('DROP TABLE %I', x); END $$"))
                .isEqualTo("DO, reading users (EXECUTE of a text made at run time)");
        assertThat(summary("DO $$ BEGIN DELETE FROM users $$"))
                .isEqualTo("DO (DELETE on users, without WHERE) (UNREADABLE: a block is not closed)");
        assertThat(summary("DO LANGUAGE plperl 'x'")).isEqualTo("DO");
    }

    @Test
    void a_long_do_shows_the_worst_of_it_once() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            body.append("INSERT INTO t").append(i).append(" VALUES (1); TRUNCATE t; ");
        }
        assertThat(summary("DO $$ BEGIN " + body + "END $$"))
                .startsWith("DO (TRUNCATE on t) (INSERT on t0) (INSERT on t1)")
                .endsWith("(INSERT on t8) and 21 more");
    }

    private static String summary(String sql) {
        return StatementSummary.of(SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                .statements()
                .get(0));
    }
}
