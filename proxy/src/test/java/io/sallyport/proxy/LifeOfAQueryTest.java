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

/** The page that explains the code names no class that is not there. */
final class LifeOfAQueryTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z]\\w*(?:\\.[A-Z]\\w*)?)s?(?:\\.\\w+)?`");

    @Test
    void every_class_it_names_exists() throws IOException {
        Set<String> named = named(Files.readString(ROOT.resolve("docs/life-of-a-query.md")));
        assertThat(named).hasSizeGreaterThan(30);

        Set<String> sources = sources();
        assertThat(named.stream()
                        .filter(name -> !sources.contains(name.split("\\.", 2)[0]))
                        .toList())
                .isEmpty();
    }

    private static Set<String> named(String page) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = CLASS_NAME.matcher(page);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static Set<String> sources() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : List.of("protocol", "policies", "proxy")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                names.addAll(files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .map(name -> name.substring(0, name.length() - ".java".length()))
                        .collect(Collectors.toSet()));
            }
        }
        return names;
    }
}
