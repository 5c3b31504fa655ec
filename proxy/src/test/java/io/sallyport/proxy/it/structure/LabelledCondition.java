package io.sallyport.proxy.it.structure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A line of the fixtures of the module policies: an UPDATE or DELETE, and whether its WHERE is always true. */
record LabelledCondition(String sql, boolean alwaysTrue) {
    private static final Path FIXTURES = Path.of("policies/src/test/resources/fixtures/conditions.txt");

    /** Those that a plain query can run. */
    static List<LabelledCondition> all() throws IOException {
        return Files.readAllLines(file()).stream()
                .filter(line -> line.matches(".* ⇒ (delete|update) destroy! (always_true|present) .*"))
                .map(LabelledCondition::of)
                .filter(condition -> !condition.sql.contains("$") && !condition.sql.contains("CURRENT OF"))
                .toList();
    }

    private static LabelledCondition of(String line) {
        int label = line.lastIndexOf(" ⇒ ");
        return new LabelledCondition(line.substring(0, label), line.contains(" destroy! always_true "));
    }

    private static Path file() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(FIXTURES))) {
                return folder.resolve(FIXTURES);
            }
        }
        throw new AssertionError("no " + FIXTURES + " above the working directory");
    }
}
