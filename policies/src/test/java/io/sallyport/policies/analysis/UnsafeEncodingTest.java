package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the server may take two bytes for one character, only a text that reads alike in every encoding is read. */
class UnsafeEncodingTest {
    private static final List<LexerSettings> UNSAFE =
            List.of(new LexerSettings(true, false), new LexerSettings(false, false));

    private static List<StatementKind> kinds(String sql, Charset charset, LexerSettings settings) {
        return SqlAnalyzer.complete(sql.getBytes(charset), settings).statements().stream()
                .map(StatementFacts::kind)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES ('Müller', 'größer als 1')",
                "SELECT 'ä' /* ö */ -- ü\n, 'ß'",
                "UPDATE t SET s = 'ä''ö' WHERE i = 1",
                "WITH x AS (DELETE FROM t WHERE s = 'ä' RETURNING 1) SELECT 1 FROM x",
                "BEGIN; INSERT INTO t VALUES ('ä'); COMMIT"
            })
    void letters_in_plain_literals_and_comments_are_read(String sql) {
        assertThat(kinds(sql, StandardCharsets.UTF_8, UNSAFE.get(0)))
                .isEqualTo(kinds(sql, StandardCharsets.UTF_8, LexerSettings.DEFAULT))
                .doesNotContain(StatementKind.UNREADABLE);
    }

    @Test
    void where_a_backslash_escapes_in_plain_literals_they_are_not() {
        assertThat(kinds("SELECT 'ä'", StandardCharsets.UTF_8, UNSAFE.get(1)))
                .containsExactly(StatementKind.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT E'ä'",
                "SELECT E'ä\\'; DELETE FROM t; --'",
                "SELECT 'ä\\'",
                "SELECT 1 AS ä",
                "SELECT \"ä\" FROM t",
                "SELECT * FROM tä",
                "SELECT U&'ä'",
                "SELECT $$ä$$",
                "SELECT $ä$ x $ä$",
                "SET search_path = 'ä'",
                "DO 'ä'",
                "SELECT 1; DO 'ä'",
                "SELECT 'ä"
            })
    void letters_elsewhere_make_the_text_unreadable(String sql) {
        for (LexerSettings settings : UNSAFE) {
            assertThat(kinds(sql, StandardCharsets.UTF_8, settings)).containsExactly(StatementKind.UNREADABLE);
        }
    }

    /** PostgreSQL's own tables make a backslash of 0x81 0x5F in SHIFT_JIS_2004 (shift_jis_2004_to_utf8.map). */
    @Test
    void a_pair_that_one_encoding_turns_into_a_backslash_makes_the_text_unreadable() {
        for (LexerSettings settings : UNSAFE) {
            assertThat(kinds("SELECT '\u0081_', '; DELETE FROM t; --'", StandardCharsets.ISO_8859_1, settings))
                    .containsExactly(StatementKind.UNREADABLE);
        }
    }
}
