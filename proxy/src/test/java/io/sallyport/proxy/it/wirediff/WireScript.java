package io.sallyport.proxy.it.wirediff;

import java.util.List;

/** One conversation: {@code F} lines are sent, {@code #} lines direct the run, {@code --} lines explain. */
record WireScript(String name, List<String> lines) {
    private static final List<String> STAGE =
            List.of("setup", "as", "no", "acts", "accepted", "refused", "mask", "since", "until", "pieces");

    private static final String DIRECTIVE = "# ";

    String role() {
        return stage("as").stream().findFirst().orElse("alice");
    }

    boolean login() {
        return !stage("no").contains("login");
    }

    /** Whether it does what the built-in policy holds: then it is played with rules that allow it only. */
    boolean acts() {
        return lines.contains("# acts") || !stage("acts").isEmpty();
    }

    /** A difference on purpose: errors are compared by their SQLSTATE alone. */
    boolean errorsByCode() {
        return !stage("accepted").isEmpty();
    }

    /** The SQLSTATE with which the proxy, on purpose, refuses what the server takes or answers otherwise; or empty. */
    String refused() {
        return stage("refused").stream()
                .map(text -> text.split(" ", 2)[0])
                .findFirst()
                .orElse("");
    }

    boolean suits(int major) {
        return stage("since").stream().allMatch(since -> major >= Integer.parseInt(since))
                && stage("until").stream().allMatch(until -> major <= Integer.parseInt(until));
    }

    int pieceBytes() {
        return stage("pieces").stream().map(Integer::valueOf).findFirst().orElse(Integer.MAX_VALUE);
    }

    List<String> setup() {
        return stage("setup");
    }

    List<String> masks() {
        return stage("mask");
    }

    List<String> play() {
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("--") && !isStage(line))
                .toList();
    }

    private List<String> stage(String word) {
        String start = DIRECTIVE + word + " ";
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    private static boolean isStage(String line) {
        return line.startsWith(DIRECTIVE) && STAGE.contains(line.split(" ", 3)[1]);
    }
}
