package io.sallyport.proxy.it.wirediff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the files of {@code /wire}: many scripts each, every one under its {@code == name}. */
final class WireFile {
    /** {@code {{x*1000}}} is a thousand x, {@code {{1..9}}} the numbers with commas between. */
    private static final Pattern TIMES = Pattern.compile("\\{\\{(.)\\*(\\d+)}}");

    private static final Pattern NUMBERS = Pattern.compile("\\{\\{1\\.\\.(\\d+)}}");

    private WireFile() {}

    static List<WireScript> all() {
        URL folder = WireFile.class.getResource("/wire");
        if (folder == null) {
            throw new AssertionError("no folder /wire among the test resources");
        }
        try (Stream<Path> paths = Files.list(Path.of(folder.toURI()))) {
            List<WireScript> scripts = new ArrayList<>();
            for (Path path : paths.filter(path -> path.toString().endsWith(".wire"))
                    .sorted()
                    .toList()) {
                scripts.addAll(read(path));
            }
            return scripts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static List<WireScript> read(Path path) throws IOException {
        String file = path.getFileName().toString().replace(".wire", "");
        List<WireScript> scripts = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith("== ")) {
                lines = new ArrayList<>();
                scripts.add(new WireScript(file + ": " + line.substring(3), lines));
            } else if (line.startsWith("repeat ")) {
                String[] words = line.split(" ", 3);
                lines.addAll(repeated(Integer.parseInt(words[1]), words[2]));
            } else {
                lines.add(expanded(line));
            }
        }
        return scripts;
    }

    /** {@code repeat 3 F Sync | F Flush}. */
    private static List<String> repeated(int times, String lines) {
        List<String> one =
                Stream.of(lines.split(" \\| ")).map(WireFile::expanded).toList();
        return IntStream.range(0, times).boxed().flatMap(i -> one.stream()).toList();
    }

    private static String expanded(String line) {
        String text = TIMES.matcher(line).replaceAll(WireFile::times);
        return NUMBERS.matcher(text).replaceAll(WireFile::numbers);
    }

    private static String times(MatchResult match) {
        return Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2))));
    }

    private static String numbers(MatchResult match) {
        return IntStream.rangeClosed(1, Integer.parseInt(match.group(1)))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    }
}
