package io.sallyport.policies.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens by trap; each expectation is what scan.l of PostgreSQL 18 gives. */
class SqlLexerTest {
    private static final LexerSettings NOT_CONFORMING = new LexerSettings(false, true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "a$b$ c                  | IDENTIFIER:a$b$ IDENTIFIER:c",
                "$a$ $b$ $a$             | DOLLAR_STRING:$a$ $b$ $a$",
                "$$ $a$ $$               | DOLLAR_STRING:$$ $a$ $$",
                "$1+$23                  | PARAMETER:$1 OPERATOR:+ PARAMETER:$23",
                "'it''s'                 | STRING:'it''s'",
                "'\\' 'x'                | STRING:'\\' STRING:'x'",
                "E'\\' x'                | ESCAPE_STRING:E'\\' x'",
                "e'\\\\' x               | ESCAPE_STRING:e'\\\\' IDENTIFIER:x",
                "b'01' X'1f' n'n'        | BIT_STRING:b'01' BIT_STRING:X'1f' STRING:n'n'",
                "U&'a' u&\"b\" u & 'c'   | UNICODE_STRING:U&'a' UNICODE_IDENTIFIER:u&\"b\" IDENTIFIER:u OPERATOR:& STRING:'c'",
                "\"a\"\"b\"              | QUOTED_IDENTIFIER:\"a\"\"b\"",
                "1 1.5 .5 1. 1e5 1.e-2   | NUMBER:1 NUMBER:1.5 NUMBER:.5 NUMBER:1. NUMBER:1e5 NUMBER:1.e-2",
                "0x1F 0o17 0b01 1_000    | NUMBER:0x1F NUMBER:0o17 NUMBER:0b01 NUMBER:1_000",
                "1..2                    | NUMBER:1 DOT_DOT:.. NUMBER:2",
                "1a 0x 0b12 1_ 1e 1__0   | ERROR:1a ERROR:0x ERROR:0b12 ERROR:1_ ERROR:1e ERROR:1__0",
                "$1a                     | ERROR:$1a",
                "a.b.*                   | IDENTIFIER:a DOT:. IDENTIFIER:b DOT:. OPERATOR:*",
                "a::b a:=b a=>b a:b      | IDENTIFIER:a TYPECAST::: IDENTIFIER:b IDENTIFIER:a COLON_EQUALS::= IDENTIFIER:b "
                        + "IDENTIFIER:a EQUALS_GREATER:=> IDENTIFIER:b IDENTIFIER:a COLON:: IDENTIFIER:b",
                "2=-1                    | NUMBER:2 OPERATOR:= OPERATOR:- NUMBER:1",
                "2@-1                    | NUMBER:2 OPERATOR:@- NUMBER:1",
                "2*-+-1                  | NUMBER:2 OPERATOR:* OPERATOR:- OPERATOR:+ OPERATOR:- NUMBER:1",
                "1+--x                   | NUMBER:1 OPERATOR:+",
                "1@/*'*/2                | NUMBER:1 OPERATOR:@ NUMBER:2",
                "1<=>2                   | NUMBER:1 OPERATOR:<=> NUMBER:2",
                "/*/**/*/a               | IDENTIFIER:a",
                "/*/a*/b*/c              | IDENTIFIER:b OPERATOR:*/ IDENTIFIER:c",
                "a--b                    | IDENTIFIER:a",
                "{ \\                    | ERROR:{ ERROR:\\",
                "$x                      | ERROR:$ IDENTIFIER:x",
                "été_1                   | IDENTIFIER:été_1",
                "'a                      | ERROR:'a",
                "\"a                     | ERROR:\"a",
                "$$a                     | ERROR:$$a",
                "E'\\'                   | ERROR:E'\\'",
                "\"\"                    | ERROR:\"\""
            })
    void tokens_are_those_of_the_server(String sql, String expected) {
        assertThat(String.join(" ", lexed(sql, LexerSettings.DEFAULT))).isEqualTo(expected);
    }

    @Test
    void literal_goes_on_behind_a_line_break_and_line_comments() {
        assertThat(lexed("'a'\n'b'", LexerSettings.DEFAULT)).containsExactly("STRING:'a'\n'b'");
        assertThat(lexed("'a' --x\r \f'b'", LexerSettings.DEFAULT)).containsExactly("STRING:'a' --x\r \f'b'");
        assertThat(lexed("E'a'\n'\\''", LexerSettings.DEFAULT)).containsExactly("ESCAPE_STRING:E'a'\n'\\''");
    }

    @Test
    void literal_ends_without_a_line_break_or_at_a_block_comment() {
        assertThat(lexed("'a' 'b'", LexerSettings.DEFAULT)).containsExactly("STRING:'a'", "STRING:'b'");
        assertThat(lexed("'a'\n/**/'b'", LexerSettings.DEFAULT)).containsExactly("STRING:'a'", "STRING:'b'");
        assertThat(lexed("$$a$$\n'b'", LexerSettings.DEFAULT)).containsExactly("DOLLAR_STRING:$$a$$", "STRING:'b'");
    }

    @Test
    void backslash_escapes_in_plain_literals_when_the_server_is_not_conforming() {
        assertThat(lexed("'a\\' b'", NOT_CONFORMING)).containsExactly("ESCAPE_STRING:'a\\' b'");
        assertThat(lexed("n'a\\' b'", NOT_CONFORMING)).containsExactly("ESCAPE_STRING:n'a\\' b'");
        assertThat(lexed("U&'a'", NOT_CONFORMING)).first().asString().startsWith("ERROR");
        assertThat(lexed("b'\\'", NOT_CONFORMING)).containsExactly("BIT_STRING:b'\\'");
    }

    @Test
    void both_line_ends_close_a_comment_and_all_six_blanks_separate() {
        assertThat(lexed("a--\rb--\nc", LexerSettings.DEFAULT))
                .containsExactly("IDENTIFIER:a", "IDENTIFIER:b", "IDENTIFIER:c");
        assertThat(lexed("a b\tc\nd\re\u000bf\fg", LexerSettings.DEFAULT)).hasSize(7);
        assertThat(lexed("a--\f b", LexerSettings.DEFAULT)).containsExactly("IDENTIFIER:a");
    }

    @Test
    void open_block_comment_swallows_the_rest() {
        assertThat(lexed("a /* /* */ b", LexerSettings.DEFAULT)).containsExactly("IDENTIFIER:a", "ERROR: /* /* */ b");
    }

    private static List<String> lexed(String sql, LexerSettings settings) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        SqlLexer lexer = new SqlLexer(text, settings);
        List<String> tokens = new ArrayList<>();
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            int length = lexer.end() - lexer.start();
            tokens.add(kind + ":" + new String(text, lexer.start(), length, StandardCharsets.UTF_8));
        }
        return tokens;
    }
}
