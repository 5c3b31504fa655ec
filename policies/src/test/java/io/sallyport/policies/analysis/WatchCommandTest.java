package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A time that is no token of SQL lets in exactly one statement, and nothing beside it. */
class WatchCommandTest {
    private static List<StatementFacts> read(String sql) {
        return SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                .statements();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SALLYPORT WATCH 10m",
                "  sallyport\n watch 2h ;",
                "SALLYPORT WATCH 30s; -- so long",
                "SALLYPORT WATCH 1h30m",
                "SALLYPORT WATCH 10fortnights",
                "SALLYPORT WATCH '10m'",
                "SALLYPORT WATCH"
            })
    void it_is_ours(String sql) {
        assertThat(read(sql)).extracting(StatementFacts::kind).containsExactly(StatementKind.SALLYPORT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SALLYPORT WATCH 10m DROP TABLE t",
                "SALLYPORT /* */ WATCH 10m",
                "SALLYPORT WATCH 10m/**/DROP TABLE t",
                "SALLYPORT WATCH 10m 'a",
                "SALLYPORT WATCH 10m$$;DROP TABLE t$$",
                "SALLYPORT WATCH 123456789012345678901m",
                "DROP TABLE t SALLYPORT WATCH 10m",
                "SALLYPORT APPROVE 10m",
                "SALLYPORT WATCH 10m 10m"
            })
    void anything_else_is_unreadable_as_before(String sql) {
        assertThat(read(sql)).extracting(StatementFacts::kind).contains(StatementKind.UNREADABLE);
    }

    @Test
    void what_follows_is_a_statement_of_its_own() {
        assertThat(read("SALLYPORT WATCH 10m; DROP TABLE t"))
                .extracting(StatementFacts::kind)
                .containsExactly(StatementKind.SALLYPORT, StatementKind.DROP_TABLE);
    }
}
