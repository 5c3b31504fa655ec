package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.policies.sql.LexerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Other people's statements with labels of PostgreSQL's own grammar; they lie beside the repository, never in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusTest {
    private record Entry(String sql, JsonNode labels, Analysis analysis) {}

    private final List<Entry> entries = new ArrayList<>();

    @BeforeAll
    void read() throws IOException {
        Path corpus = corpus();
        assumeTrue(corpus != null, "skipped: no shared/corpus/statements.jsonl.gz above the working directory");
        Objects.requireNonNull(corpus);
        JsonMapper json = new JsonMapper();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(corpus)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode labels = json.readTree(line);
                String sql = labels.get("sql").asString();
                Analysis analysis = SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT);
                entries.add(new Entry(sql, labels, analysis));
            }
        }
    }

    private static @Nullable Path corpus() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path corpus = folder.resolve("shared/corpus/statements.jsonl.gz");
            if (Files.isRegularFile(corpus)) {
                return corpus;
            }
        }
        return null;
    }

    private List<Entry> labelled() {
        return entries.stream()
                .filter(entry -> entry.labels().get("ok").asBoolean())
                .toList();
    }

    @Test
    void every_string_has_as_many_statements_as_the_server_counts() {
        List<String> wrong = labelled().stream()
                .filter(entry -> entry.analysis().statements().size()
                        != entry.labels().get("n").asInt())
                .map(Entry::sql)
                .toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void no_destructive_statement_is_missed_and_hardly_any_other_is_taken_for_one() {
        List<String> missed = new ArrayList<>();
        List<String> wronglyCalled = new ArrayList<>();
        List<String> wrongClass = new ArrayList<>();
        int unreadable = 0;
        int statements = 0;
        for (Entry entry : labelled()) {
            for (int i = 0; i < entry.analysis().statements().size(); i++) {
                StatementFacts facts = entry.analysis().statements().get(i);
                JsonNode label = entry.labels().get("stmts").get(i);
                boolean destructive = label.get("destructive").asBoolean();
                statements++;
                unreadable += facts.readable() ? 0 : 1;
                if (destructive && !facts.destructive()) {
                    missed.add(facts.text());
                } else if (!destructive && facts.destructive()) {
                    wronglyCalled.add(facts.text());
                }
                if (!label.get("class").asString().equals(facts.statementClass().label())) {
                    wrongClass.add(facts.text());
                }
            }
        }
        System.getLogger(CorpusTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "corpus: " + entries.size()
                                + " strings, " + statements + " labelled statements; missed "
                                + missed.size() + ", wrongly destructive " + wronglyCalled.size() + ", wrong class "
                                + wrongClass.size() + ", unreadable " + unreadable);
        assertThat(missed).isEmpty();
        assertThat(wrongClass).isEmpty();
        assertThat(wronglyCalled.size()).as("%s", wronglyCalled).isLessThanOrEqualTo(statements / 1000);
    }

    @Test
    void writes_have_the_kind_the_tables_and_the_where_of_their_labels() {
        List<String> wrong = new ArrayList<>();
        for (Entry entry : labelled()) {
            for (int i = 0; i < entry.analysis().statements().size(); i++) {
                StatementFacts facts = entry.analysis().statements().get(i);
                List<String> expected =
                        CorpusWrites.labelled(entry.labels().get("stmts").get(i).get("effects"));
                List<String> found = CorpusWrites.found(facts);
                if (!expected.equals(found)) {
                    wrong.add("expected " + expected + ", found " + found + ": " + facts.text());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The labels look into bodies of SQL alone, and not into those of PL/pgSQL. */
    @Test
    void writes_for_later_have_the_kind_the_tables_and_the_where_of_their_labels() {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Entry entry : labelled()) {
            for (int i = 0; i < entry.analysis().statements().size(); i++) {
                StatementFacts facts = entry.analysis().statements().get(i);
                List<String> expected =
                        CorpusWrites.labelled(entry.labels().get("stmts").get(i).path("deferred"));
                List<String> found = CorpusWrites.foundDeferred(facts);
                boolean body =
                        facts.kind() == StatementKind.CREATE_FUNCTION || facts.kind() == StatementKind.CREATE_PROCEDURE;
                compared += expected.isEmpty() ? 0 : 1;
                if (!expected.equals(found) && !(body && expected.isEmpty())) {
                    wrong.add("expected " + expected + ", found " + found + ": " + facts.text());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isPositive();
    }

    @Test
    void strings_that_the_server_refuses_are_read_too() {
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.analysis().statements())
                        .allSatisfy(facts -> assertThat(facts.unreadable() == null ? "" : facts.unreadable())
                                .doesNotStartWith("the reader failed")));
    }
}
