package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.sql.LexerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of our own with the functions, settings and objects that they name; a picture stands for a line's end. */
class CatalogFixtureTest {
    @ParameterizedTest
    @ValueSource(strings = {"functions", "settings", "objects"})
    void every_statement_names_what_its_label_says(String file) throws IOException {
        List<String> lines = lines(file);
        List<String> read = lines.stream()
                .map(line -> line.substring(0, line.lastIndexOf(" ⇒ ")))
                .map(sql -> sql + " ⇒ " + CatalogText.of(statements(sql)))
                .toList();
        assertThat(read).containsExactlyElementsOf(lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"functions", "settings", "objects"})
    void every_statement_can_be_read(String file) throws IOException {
        assertThat(lines(file))
                .allSatisfy(line -> assertThat(statements(line.substring(0, line.lastIndexOf(" ⇒ "))))
                        .allMatch(StatementFacts::readable));
    }

    private static List<StatementFacts> statements(String sql) {
        byte[] text = sql.replace('␤', '\n').getBytes(StandardCharsets.UTF_8);
        return SqlAnalyzer.complete(text, LexerSettings.DEFAULT).statements();
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = CatalogFixtureTest.class.getResourceAsStream("/fixtures/" + file + ".txt")) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
