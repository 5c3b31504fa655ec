package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.structure.WriteReading;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.StatementSplitter;
import io.sallyport.policies.sql.TokenList;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondReadingTest {
    @Test
    void table_that_only_the_parser_sees_is_added_to_those_of_the_statement() {
        // IGNORE is a word of MySQL; to PostgreSQL it is the table, and t its alias.
        StatementFacts facts = analysed("UPDATE ignore t SET a = 1");
        assertThat(facts.disagreement()).isEqualTo("the parser reads table t, the tokens ignore");
        assertThat(facts.tables()).extracting(TableName::name).containsExactly("ignore", "t");
    }

    @Test
    void disagreement_of_a_nested_write_is_its_own() {
        StatementFacts facts = analysed("WITH d AS (UPDATE ignore t SET a = 1 RETURNING *) SELECT * FROM d");
        assertThat(facts.nested().get(0).disagreement()).contains("the parser reads table t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t",
                "DELETE FROM ONLY t",
                "DELETE FROM s.t AS x WHERE true",
                "DELETE FROM \"Odd Name\"",
                "DELETE FROM t USING u WHERE u.a = 1",
                "UPDATE d.s.t SET a = 1",
                "UPDATE t SET (a, b) = (1, 2) RETURNING *",
                "WITH c AS (SELECT 1 AS id) UPDATE t SET a = 1 FROM c WHERE t.id = c.id OR true",
                "DELETE FROM t WHERE x IS JSON OR true"
            })
    void readings_agree_where_the_text_is_plain_or_beyond_the_parser(String sql) {
        assertThat(analysed(sql).disagreement()).isNull();
    }

    @Test
    void missing_where_beats_a_condition() {
        Draft draft = delete();
        Where where = compare(draft, new WriteReading("delete", null, "t", false), Where.PRESENT);
        assertThat(where).isEqualTo(Where.ABSENT);
        assertThat(disagreement(draft)).isEqualTo("the parser reads no WHERE, the tokens one");
    }

    @Test
    void condition_that_only_the_parser_sees_does_not_count() {
        Draft draft = delete();
        Where where = compare(draft, new WriteReading("delete", null, "t", true), Where.ABSENT);
        assertThat(where).isEqualTo(Where.ABSENT);
        assertThat(disagreement(draft)).isEqualTo("the parser reads a WHERE, the tokens none");
    }

    @Test
    void other_kind_of_statement_takes_the_condition_away() {
        Draft draft = delete();
        Where where = compare(draft, new WriteReading("Truncate", null, null, false), Where.PRESENT);
        assertThat(where).isEqualTo(Where.ABSENT);
        assertThat(disagreement(draft)).isEqualTo("the parser reads Truncate, the tokens delete");
    }

    @Test
    void statement_that_the_parser_cannot_read_stays_as_it_is() {
        Draft draft = delete();
        assertThat(compare(draft, null, Where.PRESENT)).isEqualTo(Where.PRESENT);
        assertThat(disagreement(draft)).isNull();
    }

    private static Draft delete() {
        Draft draft = new Draft();
        draft.kind(StatementKind.DELETE);
        return draft;
    }

    private static Where compare(Draft draft, @Nullable WriteReading parsed, Where where) {
        byte[] sql = "DELETE FROM t WHERE x".getBytes(StandardCharsets.UTF_8);
        TokenList tokens = Objects.requireNonNull(new StatementSplitter(sql, LexerSettings.DEFAULT).next());
        return new SecondReading(tokens, draft).compare(parsed, Target.alone(2, 2), where);
    }

    private static @Nullable String disagreement(Draft draft) {
        return draft.facts(0, 0, "").disagreement();
    }

    private static StatementFacts analysed(String sql) {
        return SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                .statements()
                .get(0);
    }
}
