package io.sallyport.policies.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random strings of traps: the lexer reaches the end, and leaves out nothing but blanks and comments. */
class RandomTextTest {
    private static final String[] TRAPS = {
        "'", "''", "\\", "\"", "$$", "$a$", "$", "--", "/*", "*/", "\n", "\r", "\f", "\u000b", " ", ";", "(", ")", "E'",
                "e'\\'",
        "U&'", "U&\"", "N'", "b'", "x'", "1", "0x", "1e", ".", "..", "::", ":=", "=>", "@", "-", "+", "a", "é", "\0",
                "delete",
        "from", "UESCAPE", "[", "]", ",", "{", "`", "$1", "_", "begin", "atomic", "end", "case", "create", "function"
    };

    @Test
    void lexer_covers_every_byte_of_any_string() {
        Random random = new Random(20261121);
        for (int round = 0; round < 20_000; round++) {
            byte[] text = text(random);
            LexerSettings settings = new LexerSettings(random.nextBoolean(), true);
            SqlLexer lexer = new SqlLexer(text, settings);
            int end = 0;
            for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
                assertThat(lexer.end()).isGreaterThan(lexer.start());
                assertBlank(text, end, lexer.start());
                end = lexer.end();
            }
            assertBlank(text, end, text.length);
        }
    }

    @Test
    void splitter_gives_each_token_to_one_statement() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] text = text(random);
            StatementSplitter splitter = new StatementSplitter(text, LexerSettings.DEFAULT);
            int end = 0;
            for (TokenList tokens = splitter.next(); tokens != null; tokens = splitter.next()) {
                assertThat(tokens.start(0)).isGreaterThanOrEqualTo(end);
                end = tokens.end(tokens.size() - 1);
            }
            assertThat(end).isLessThanOrEqualTo(text.length);
        }
    }

    private static byte[] text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i >= 0; i--) {
            text.append(TRAPS[random.nextInt(TRAPS.length)]);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What lies between two tokens holds no token when it is read by itself. */
    private static void assertBlank(byte[] text, int from, int to) {
        byte[] gap = Arrays.copyOfRange(text, from, to);
        assertThat(new SqlLexer(gap, LexerSettings.DEFAULT).next())
                .as(() -> "between tokens of " + new String(text, StandardCharsets.UTF_8))
                .isEqualTo(TokenKind.END);
    }
}
