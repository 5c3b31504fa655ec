package io.sallyport.proxy.it.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;

/** The strings of the fixtures, and those of the corpus, which lies beside the repository. */
final class KnownStrings {
    private static final Path FIXTURES = Path.of("..", "policies", "src", "test", "resources", "fixtures");

    private KnownStrings() {}

    /** The left sides of every fixture, with the characters that their pictures stand for. */
    static List<String> fixtures() {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .flatMap(KnownStrings::lines)
                    .filter(line -> line.contains(" ⇒ "))
                    .map(line -> unpictured(line.substring(0, line.lastIndexOf(" ⇒ "))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String unpictured(String text) {
        return text.replace('␤', '\n')
                .replace('␍', '\r')
                .replace('␉', '\t')
                .replace('␋', '\u000b')
                .replace('␌', '\f')
                .replace('␀', '\0')
                .replace('⍽', '\u00a0');
    }

    static Optional<Path> corpusFile() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path corpus = folder.resolve("shared/corpus/statements.jsonl.gz");
            if (Files.isRegularFile(corpus)) {
                return Optional.of(corpus);
            }
        }
        return Optional.empty();
    }

    static List<String> corpus(Path file) {
        JsonMapper json = new JsonMapper();
        List<String> strings = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                strings.add(json.readTree(line).get("sql").asString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return strings;
    }
}
