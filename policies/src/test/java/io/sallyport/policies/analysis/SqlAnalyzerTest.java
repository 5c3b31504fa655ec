package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlAnalyzerTest {
    private static final LexerSettings NOT_CONFORMING = new LexerSettings(false, true);
    private static final LexerSettings UNSAFE_ENCODING = new LexerSettings(true, false);

    @Test
    void empty_string_has_no_statement() {
        assertThat(analysed("").statements()).isEmpty();
        assertThat(analysed(" ;; -- x").statements()).isEmpty();
    }

    @Test
    void statements_say_where_they_stand() {
        List<StatementFacts> statements =
                analysed(" select 1 ; /* é */ delete from é;").statements();
        assertThat(statements).extracting(StatementFacts::text).containsExactly("select 1", "delete from é");
        assertThat(statements).extracting(StatementFacts::start).containsExactly(1, 21);
        assertThat(statements).extracting(StatementFacts::end).containsExactly(9, 35);
    }

    @Test
    void backslash_in_a_plain_literal_makes_the_reading_depend_on_the_setting() {
        String sql = "select 'a\\'; delete from t; --'";
        assertThat(analysed(sql).dependsOnConformingStrings()).isTrue();
        assertThat(analysed(sql).statements()).hasSize(2);
        assertThat(analysed(sql, NOT_CONFORMING).statements()).hasSize(1);
        assertThat(analysed(sql, NOT_CONFORMING).dependsOnConformingStrings()).isTrue();
        assertThat(analysed("select E'a\\''").dependsOnConformingStrings()).isFalse();
        assertThat(analysed("select $$\\$$, \"\\\"").dependsOnConformingStrings())
                .isFalse();
    }

    @Test
    void letters_beyond_ascii_are_unreadable_where_they_may_hide_quotes() {
        assertThat(analysed("select E'é'", UNSAFE_ENCODING).statements())
                .extracting(StatementFacts::kind)
                .containsExactly(StatementKind.UNREADABLE);
        assertThat(analysed("select 'e'", UNSAFE_ENCODING).statements())
                .extracting(StatementFacts::kind)
                .containsExactly(StatementKind.SELECT);
        assertThat(analysed("select 'é'").ascii()).isFalse();
        assertThat(analysed("select 'e'").ascii()).isTrue();
    }

    @Test
    void unreadable_statement_is_destructive_and_says_why() {
        StatementFacts facts = analysed("select 'a").statements().get(0);
        assertThat(facts.unreadable()).isEqualTo("a quote is not closed");
        assertThat(facts.destructive()).isTrue();
        assertThat(facts.statementClass()).isEqualTo(StatementClass.DESTROY);
    }

    @Test
    void tokens_alone_leave_an_unclear_condition_pending() {
        byte[] text = "delete from t where x is null or x is not null".getBytes(StandardCharsets.UTF_8);
        Analysis quick = SqlAnalyzer.tokens(text, LexerSettings.DEFAULT);
        assertThat(quick.structurePending()).isTrue();
        assertThat(quick.statements().get(0).where()).isEqualTo(Where.PRESENT);
        Analysis complete = SqlAnalyzer.complete(text, LexerSettings.DEFAULT);
        assertThat(complete.structurePending()).isFalse();
        assertThat(complete.statements().get(0).where()).isEqualTo(Where.ALWAYS_TRUE);
    }

    @Test
    void tokens_alone_decide_what_drivers_and_mappers_send() {
        for (String condition : List.of(
                "id = $1",
                "\"t\".\"id\" = $1 AND version = $2",
                "id IN ($1, $2)",
                "id = ANY ($1::bigint[])",
                "(a = 1) AND (b > '2020-01-01')",
                "a IS NULL AND b = 2")) {
            byte[] text = ("UPDATE t SET x = 1 WHERE " + condition).getBytes(StandardCharsets.UTF_8);
            assertThat(SqlAnalyzer.tokens(text, LexerSettings.DEFAULT).structurePending())
                    .as(condition)
                    .isFalse();
        }
    }

    @Test
    void functions_are_named_once_with_their_schema() {
        StatementFacts facts = analysed(
                        "select pg_catalog.now(), F(g(1)), f(2), a::numeric(3), cast(b as char(4)) from h(1) x(c) where k in (1)")
                .statements()
                .get(0);
        assertThat(facts.functions()).containsExactly("pg_catalog.now", "f", "g", "h");
    }

    private static Analysis analysed(String sql) {
        return analysed(sql, LexerSettings.DEFAULT);
    }

    private static Analysis analysed(String sql, LexerSettings settings) {
        return SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), settings);
    }
}
