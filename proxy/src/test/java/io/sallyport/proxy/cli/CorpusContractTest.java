package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The labelled corpus beside the repository through the contract that others check by: `check --input jsonl --format jsonl`. */
class CorpusContractTest {
    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "merge", "truncate");

    @TempDir
    private Path folder;

    @Test
    void every_line_of_the_corpus_is_answered_as_its_labels_say() throws IOException {
        Path corpus = corpus();
        assumeTrue(corpus != null, "skipped: no shared/corpus/statements.jsonl.gz above the working directory");
        Path input = folder.resolve("corpus.jsonl");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Objects.requireNonNull(corpus)))) {
            Files.copy(in, input);
        }
        Invocation run = Invocation.of("check", "--input", "jsonl", "--format", "jsonl", input.toString());
        List<String> answers = run.out().lines().toList();
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        try (BufferedReader labels =
                new BufferedReader(new InputStreamReader(Files.newInputStream(input), StandardCharsets.UTF_8))) {
            JsonMapper json = new JsonMapper();
            for (String line = labels.readLine(); line != null; line = labels.readLine()) {
                JsonNode label = json.readTree(line);
                JsonNode answer = json.readTree(answers.get(lines++));
                if (label.get("ok").asBoolean()) {
                    compare(label, answer, wrong);
                }
                assertThat(answer.has("error")).as(line).isFalse();
            }
        }
        assertThat(answers).hasSize(lines).hasSizeGreaterThan(1000);
        assertThat(wrong).isEmpty();
    }

    private static void compare(JsonNode label, JsonNode answer, List<String> wrong) {
        JsonNode statements = answer.get("statements");
        String sql = label.get("sql").asString();
        if (statements.size() != label.get("n").asInt()) {
            wrong.add("expected " + label.get("n") + " statements, found " + statements.size() + ": " + sql);
            return;
        }
        for (int i = 0; i < statements.size(); i++) {
            JsonNode expected = label.get("stmts").get(i);
            JsonNode found = statements.get(i);
            boolean destructive = expected.get("destructive").asBoolean();
            if (destructive != found.get("destructive").asBoolean()) {
                wrong.add("expected destructive " + destructive + ": " + found.get("text"));
            }
            if (!expected.get("class").equals(found.get("class"))) {
                wrong.add("expected class " + expected.get("class") + ", found " + found.get("class") + ": "
                        + found.get("text"));
            }
            List<String> labelled = labelledWrites(expected.get("effects"));
            List<String> writes = new ArrayList<>();
            collect(found, writes);
            Collections.sort(writes);
            if (!labelled.equals(writes)) {
                wrong.add("expected " + labelled + ", found " + writes + ": " + found.get("text"));
            }
        }
    }

    private static List<String> labelledWrites(JsonNode effects) {
        List<String> writes = new ArrayList<>();
        for (JsonNode effect : effects) {
            String kind = effect.get("op")
                    .asString()
                    .replace("_ON_CONFLICT_UPDATE", "")
                    .toLowerCase(Locale.ROOT);
            if (WRITES.contains(kind)) {
                List<String> tables = new ArrayList<>();
                effect.get("tables").forEach(table -> tables.add(withoutDatabase(table.asString())));
                Collections.sort(tables);
                boolean conditional = kind.equals("update") || kind.equals("delete");
                writes.add(kind
                        + tables
                        + (conditional ? " where " + effect.get("has_where").asBoolean() : ""));
            }
        }
        Collections.sort(writes);
        return writes;
    }

    private static void collect(JsonNode statement, List<String> writes) {
        String kind = statement.get("kind").asString();
        if (WRITES.contains(kind)) {
            List<String> tables = new ArrayList<>();
            statement.get("tables").forEach(table -> tables.add(table.asString()));
            List<String> targets = new ArrayList<>(kind.equals("truncate") ? tables : tables.subList(0, 1));
            Collections.sort(targets);
            JsonNode where = statement.get("where");
            writes.add(kind
                    + targets
                    + (where.isNull() ? "" : " where " + !where.asString().equals("absent")));
        }
        // The labels do not look into the body of a DO.
        if (kind.equals("do")) {
            return;
        }
        for (JsonNode inner : statement.get("nested")) {
            // The labels count a MERGE as one effect, its actions apart.
            if (!kind.equals("merge") || !inner.get("where").isNull()) {
                collect(inner, writes);
            }
        }
    }

    /** A database in front of the schema can only be the one that the session is in. */
    private static String withoutDatabase(String name) {
        String[] parts = name.split("\\.", -1);
        return parts.length == 3 ? parts[1] + "." + parts[2] : name;
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
}
