package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.sql.LexerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings of our own making with what they say; {@code ⇒} between the two, pictures for the characters that a line cannot hold. */
class FixtureTest {
    @ParameterizedTest
    @ValueSource(strings = {"reads", "writes", "definitions", "sessions", "traps", "conditions", "versions", "bodies"})
    void every_fixture_reads_as_labelled(String file) throws IOException {
        List<String> lines = lines(file);
        List<String> read = lines.stream()
                .map(line -> line.substring(0, line.lastIndexOf(" ⇒ ")))
                .map(sql -> sql + " ⇒ " + FactsText.of(analysed(sql).statements()))
                .toList();
        assertThat(read).containsExactlyElementsOf(lines);
    }

    private static Analysis analysed(String sql) {
        return SqlAnalyzer.complete(unpictured(sql).getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT);
    }

    private static String unpictured(String sql) {
        return sql.replace('␤', '\n')
                .replace('␍', '\r')
                .replace('␉', '\t')
                .replace('␋', '\u000b')
                .replace('␌', '\f')
                .replace('␀', '\0')
                .replace('⍽', '\u00a0');
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = FixtureTest.class.getResourceAsStream("/fixtures/" + file + ".txt")) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
