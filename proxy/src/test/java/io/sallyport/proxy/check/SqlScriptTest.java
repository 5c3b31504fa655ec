package io.sallyport.proxy.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.sql.LexerSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
    /** Every trap that could make a cut fall in the wrong place. */
    private static final String TRAPS = """
            SELECT 'a;b', "c;d", E'\\';', $$;$$, $x$ $$;$$ $x$; -- ; comment
            /* ; /* nested; */ ; */ DELETE FROM "t;" WHERE a = ';' ;;; ;
            CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END;
            CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b);
            \tUPDATE é SET x = 'ü' 'y'
              'z' WHERE i = 1;SELECT U&'d!0061t' UESCAPE '!';
            SELECT 1.5e10, $1, a::int, b || c
            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 16, 31, 64, 100, 333, 1 << 18})
    void wherever_the_bytes_are_cut_the_statements_are_those_of_the_whole(int read) throws IOException {
        byte[] text = TRAPS.getBytes(StandardCharsets.UTF_8);
        List<String> whole = new ArrayList<>();
        Position position = new Position(text);
        for (StatementFacts facts :
                SqlAnalyzer.tokens(text, LexerSettings.DEFAULT).statements()) {
            position.moveTo(facts.start());
            whole.add(position.line() + ":" + position.column() + " " + facts.text());
        }
        assertThat(whole).hasSize(7);
        assertThat(statements(slowly(TRAPS), read)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64, 1 << 18})
    void copied_data_are_no_statements(int read) throws IOException {
        String script = """
                COPY a FROM stdin;
                1\tDROP TABLE x;
                '\\.
                \\..
                 \\.
                \\.
                SELECT 1;
                COPY b FROM stdin WITH (FORMAT csv);\r
                "
                \\.\r
                SELECT 2; COPY c FROM stdin; SELECT
                data
                \\.
                3; SELECT 4;
                COPY d FROM stdin;
                no end
                """;
        assertThat(statements(slowly(script), read))
                .containsExactly(
                        "1:1 COPY a FROM stdin",
                        "7:1 SELECT 1",
                        "8:1 COPY b FROM stdin WITH (FORMAT csv)",
                        "11:1 SELECT 2",
                        "11:11 COPY c FROM stdin",
                        "13:2 SELECT\n3",
                        "14:4 SELECT 4",
                        "15:1 COPY d FROM stdin");
    }

    @Test
    void lines_for_psql_itself_are_passed_over_and_counted() throws IOException {
        String text = "\\restrict x\n\\echo it's;\nSELECT 1;\\set a 1\n  \\c other\nSELECT 2;\n\\unrestrict x";
        try (InputStream in = slowly(text)) {
            SqlScript script = new SqlScript(in, LexerSettings.DEFAULT, 8, 1000);
            assertThat(all(script)).containsExactly("3:1 SELECT 1", "5:1 SELECT 2");
            assertThat(script.metaCommands()).isEqualTo(3);
        }
    }

    @Test
    void a_backslash_inside_a_statement_stays_in_it() throws IOException {
        assertThat(statements(slowly("SELECT 1 \\g\nDELETE FROM t;"), 8))
                .containsExactly("1:1 SELECT 1 \\g\nDELETE FROM t");
    }

    @Test
    void a_byte_order_mark_has_no_column() throws IOException {
        assertThat(statements(slowly("\ufeffSELECT 1"), 1)).containsExactly("1:1 SELECT 1");
    }

    @Test
    void nothing_is_in_a_script_of_blanks_and_comments() throws IOException {
        assertThat(statements(slowly(""), 4)).isEmpty();
        assertThat(statements(slowly(" ;; -- a\n/* b */ ;\n"), 4)).isEmpty();
    }

    @Test
    void a_statement_that_never_ends_ends_the_script() throws IOException {
        try (InputStream in = slowly("SELECT 1; SELECT '" + "x".repeat(2000))) {
            SqlScript script = new SqlScript(in, LexerSettings.DEFAULT, 16, 1000);
            assertThat(script.next()).isNotNull();
            assertThatThrownBy(script::next)
                    .isInstanceOf(SqlScript.TooLong.class)
                    .hasMessage("a statement is longer than 1000 bytes; what follows was not read");
        }
    }

    @Test
    void changed_settings_count_from_the_next_statement() throws IOException {
        try (InputStream in = slowly("SELECT 1; SELECT 'a\\'; SELECT 2; --';")) {
            SqlScript script = new SqlScript(in, LexerSettings.DEFAULT, 1 << 18, 1 << 20);
            assertThat(script.next()).isNotNull();
            script.settings(new LexerSettings(false, true));
            assertThat(all(script)).containsExactly("1:11 SELECT 'a\\'; SELECT 2; --'");
        }
    }

    private static List<String> statements(InputStream in, int read) throws IOException {
        try (in) {
            return all(new SqlScript(in, LexerSettings.DEFAULT, read, 1 << 20));
        }
    }

    private static List<String> all(SqlScript script) throws IOException {
        List<String> found = new ArrayList<>();
        for (SqlScript.Statement next = script.next(); next != null; next = script.next()) {
            String text = new String(next.text(), StandardCharsets.UTF_8);
            found.add(next.line() + ":" + next.column() + " " + text);
            if (text.startsWith("COPY")) {
                script.skipCopyData();
            }
        }
        return found;
    }

    /** A pipe that hands over one byte at a time. */
    private static InputStream slowly(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        };
    }
}
