package io.sallyport.policies.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.policies.analysis.Analysis;
import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.SqlLexer;
import io.sallyport.policies.sql.StatementSplitter;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for any bytes at all. With {@code -Pfuzz -Dfuzz.test=SqlFuzzTest#analysis_never_throws} Jazzer looks for ten minutes. */
class SqlFuzzTest {
    @MethodSource("fixtures")
    @FuzzTest(maxDuration = "10m")
    void lexer_covers_every_byte(byte[] input) {
        byte[] text = Inputs.text(input);
        LexerSettings settings = Inputs.settings(input);
        SqlLexer lexer = new SqlLexer(text, settings);
        int end = 0;
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            assertThat(lexer.start()).isGreaterThanOrEqualTo(end);
            assertThat(lexer.end()).isGreaterThan(lexer.start()).isLessThanOrEqualTo(text.length);
            assertBlank(text, end, lexer.start());
            end = lexer.end();
        }
        assertBlank(text, end, text.length);
    }

    @MethodSource("fixtures")
    @FuzzTest(maxDuration = "10m")
    void analysis_never_throws_and_leaves_nothing_out(byte[] input) {
        byte[] text = Inputs.text(input);
        LexerSettings settings = Inputs.settings(input);
        Analysis quick = SqlAnalyzer.tokens(text, settings);
        Analysis complete = SqlAnalyzer.complete(text, settings);
        assertThat(complete.structurePending()).isFalse();
        assertThat(complete.statements()).hasSameSizeAs(quick.statements());
        int end = 0;
        for (int i = 0; i < quick.statements().size(); i++) {
            StatementFacts fast = quick.statements().get(i);
            StatementFacts full = complete.statements().get(i);
            assertThat(fast.start()).isGreaterThanOrEqualTo(end);
            assertThat(fast.end()).isLessThanOrEqualTo(text.length);
            assertThat(full.kind() == fast.kind() || full.kind() == StatementKind.UNREADABLE)
                    .isTrue();
            assertThat(full.statementClass()).isGreaterThanOrEqualTo(fast.statementClass());
            end = fast.end();
        }
    }

    @MethodSource("fixtures")
    @FuzzTest(maxDuration = "10m")
    void canonical_text_reads_as_the_same_tokens(byte[] input) {
        TokenList tokens = new StatementSplitter(Inputs.text(input), Inputs.settings(input)).next();
        if (tokens == null || tokens.problem() != null) {
            return;
        }
        String canonical = tokens.canonical(0, tokens.size());
        TokenList again = only(canonical);
        // A parameter is written as the parser of structure knows it, and is two tokens here.
        assertThat(again.canonical(0, again.size()).replace(": p", ":p")).isEqualTo(canonical.replace(": p", ":p"));
    }

    static Stream<byte[]> fixtures() throws IOException {
        return Inputs.fixtures();
    }

    private static TokenList only(String text) {
        StatementSplitter splitter =
                new StatementSplitter(text.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT);
        TokenList first = splitter.next();
        assertThat(splitter.next()).as("behind the first statement of " + text).isNull();
        return Objects.requireNonNull(first, () -> "nothing in " + text);
    }

    /** What lies between two tokens holds no token when it is read by itself. */
    private static void assertBlank(byte[] text, int from, int to) {
        byte[] gap = Arrays.copyOfRange(text, from, to);
        assertThat(new SqlLexer(gap, LexerSettings.DEFAULT).next()).isEqualTo(TokenKind.END);
    }
}
