package io.sallyport.proxy.it.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A transcript. {@code F} lines are sent, {@code B} lines expected, {@code #} lines direct the run, {@code --} lines
 * explain. Directives before the first other line set the stage: as, policy, setup, config, no login.
 */
record TraceFile(Path path, List<TraceLine> lines) {
    private static final List<String> STAGE = List.of("as", "policy", "setup", "config", "no");

    static TraceFile read(Path path) {
        try {
            List<TraceLine> lines = new ArrayList<>();
            int number = 0;
            for (String text : Files.readAllLines(path)) {
                lines.add(TraceLine.of(++number, text));
            }
            return new TraceFile(path, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    String role() {
        return stage("as").stream().findFirst().orElse("alice");
    }

    /** Without a policy the proxy must not be noticed, so the transcript holds for the server alone too. */
    boolean transparent() {
        return stage("policy").isEmpty();
    }

    String policy() {
        return stage("policy").stream().findFirst().orElse("allow");
    }

    boolean login() {
        return !stage("no").contains("login");
    }

    List<String> setup() {
        return stage("setup");
    }

    Map<String, String> config() {
        Map<String, String> settings = new HashMap<>();
        for (String setting : stage("config")) {
            settings.put(setting.substring(0, setting.indexOf(' ')), setting.substring(setting.indexOf(' ') + 1));
        }
        return settings;
    }

    /** What remains to be played: all but the stage and the explanations. */
    List<TraceLine> play() {
        return lines.stream()
                .filter(line -> line.kind() != TraceLine.Kind.TEXT && !isStage(line))
                .toList();
    }

    private List<String> stage(String word) {
        return lines.stream()
                .filter(line -> isStage(line) && line.text().startsWith(word + " "))
                .map(line -> line.text().substring(word.length() + 1))
                .toList();
    }

    private static boolean isStage(TraceLine line) {
        return line.kind() == TraceLine.Kind.DIRECTIVE
                && STAGE.contains(line.text().split(" ", 2)[0]);
    }
}
