package io.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/torture.md names no test, transcript or script that is not there. */
class TorturePageTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    @Test
    void every_named_proof_exists() throws IOException {
        Map<String, String> sources = sources();
        List<String> proofs = Files.readAllLines(Path.of("..", "docs", "torture.md")).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(line.lastIndexOf('|', line.length() - 2)))
                .flatMap(cell -> QUOTED.matcher(cell).results().map(TorturePageTest::text))
                .toList();
        assertThat(proofs).hasSizeGreaterThan(70);
        assertThat(proofs).allMatch(proof -> exists(proof, sources), "exists");
    }

    private static String text(MatchResult match) {
        return match.group(1);
    }

    private static boolean exists(String proof, Map<String, String> sources) {
        if (proof.endsWith(".trace")) {
            return Files.exists(RESOURCES.resolve("traces").resolve(proof));
        }
        if (proof.contains(": ")) {
            String[] words = proof.split(": ", 2);
            return lines(RESOURCES.resolve("wire").resolve(words[0] + ".wire")).contains("== " + words[1]);
        }
        String[] words = proof.split("#", 2);
        String source = sources.getOrDefault(words[0], "");
        return words.length == 1 ? !source.isEmpty() : source.contains(" " + words[1] + "(");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    /** The text of every test class of this module and of the protocol's, by the class's simple name. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> own = Files.walk(Path.of("src", "test", "java"));
                Stream<Path> protocol = Files.walk(Path.of("..", "protocol", "src", "test", "java"))) {
            return Stream.concat(own, protocol)
                    .filter(path -> path.toString().matches(".*(IT|Test)\\.java"))
                    .collect(Collectors.toMap(
                            path -> path.getFileName().toString().replace(".java", ""),
                            path -> String.join("\n", lines(path)),
                            (one, other) -> one));
        }
    }
}
