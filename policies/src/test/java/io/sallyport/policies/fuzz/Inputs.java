package io.sallyport.policies.fuzz;

import io.sallyport.policies.sql.LexerSettings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a fuzzer's input stands for: the first byte chooses the settings, the rest is the text. */
final class Inputs {
    private static final String PICTURES = "␤␍␉␋␌␀⍽";
    private static final String PICTURED = "\n\r\t\u000b\f\0\u00a0";

    private Inputs() {}

    static LexerSettings settings(byte[] input) {
        int choice = input.length == 0 ? 0 : input[0];
        return new LexerSettings((choice & 1) == 0, (choice & 2) == 0);
    }

    static byte[] text(byte[] input) {
        return input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    }

    /** The project's own fixtures, each under both readings of a backslash: where a fuzzer begins. */
    static Stream<byte[]> fixtures() throws IOException {
        return files().flatMap(file -> lines(file).stream())
                .filter(line -> line.contains(" ⇒ "))
                .map(line -> unpictured(line.substring(0, line.lastIndexOf(" ⇒ "))))
                .flatMap(sql -> Stream.of(" " + sql, "!" + sql))
                .map(input -> input.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(
                Objects.requireNonNull(Inputs.class.getResource("/fixtures")).toURI()))) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static String unpictured(String sql) {
        StringBuilder out = new StringBuilder(sql);
        for (int i = 0; i < out.length(); i++) {
            int picture = PICTURES.indexOf(out.charAt(i));
            if (picture >= 0) {
                out.setCharAt(i, PICTURED.charAt(picture));
            }
        }
        return out.toString();
    }
}
