package io.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says what is promised names tests that are there, and leaves out no loss that is known to pass. */
final class ThreatModelTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+(?:IT|Test))`");
    private static final String PASSES = " ⇒ passes";

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/threat-model.md"));
    }

    @Test
    void every_test_it_names_exists() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = TEST_NAME.matcher(page());
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        assertThat(named).hasSizeGreaterThan(25);
        assertThat(tests()).containsAll(named);
    }

    @Test
    void every_kind_of_loss_that_passes_is_explained() throws IOException {
        List<String> heads = Files.readAllLines(Path.of("src/test/resources/evasion/beyond-text.txt")).stream()
                .filter(line -> line.startsWith("= "))
                .toList();
        assertThat(heads)
                .hasSizeGreaterThan(5)
                .allSatisfy(head -> assertThat(head).endsWith(PASSES));
        String page = page();
        assertThat(heads).allSatisfy(head -> assertThat(page).containsIgnoringCase(explained(head)));
    }

    /** A line of the table, or the sentence on what is allowed on purpose. */
    private static String explained(String head) {
        String kind = head.substring(head.indexOf(": ") + 2, head.length() - PASSES.length());
        return head.startsWith("= What the text does not say: ") ? "\n| " + kind + " |" : kind;
    }

    @Test
    void only_that_file_holds_losses_that_pass() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/evasion"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".txt"))
                            .filter(file -> !file.endsWith("beyond-text.txt"))
                            .toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(PASSES));
        }
    }

    private static Set<String> tests() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : List.of("protocol", "policies", "proxy")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                names.addAll(files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .map(name -> name.substring(0, name.length() - ".java".length()))
                        .collect(Collectors.toSet()));
            }
        }
        return names;
    }
}
