package io.sallyport.proxy.it.evasion;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a case file: steps between {@code ¦}, each a string of SQL, {@code reconnect [key=value]} or {@code given SQL} (by the
 * superuser), and how it ends behind {@code ⇒}. Pictures stand for characters that a line cannot hold, ⟨83⟩ for a byte.
 */
record EvasionCase(String line, List<String> steps, boolean extended, Outcome outcome) {
    private static final Pattern BYTE = Pattern.compile("⟨([0-9a-f]{2})⟩");

    static EvasionCase of(String line, boolean extended, Outcome usual) {
        int arrow = line.lastIndexOf(" ⇒ ");
        String steps = arrow < 0 ? line : line.substring(0, arrow);
        Outcome outcome =
                arrow < 0 ? usual : new Outcome(line.substring(arrow + 3).strip());
        return new EvasionCase(line, Arrays.asList(steps.split(" ¦ ", -1)), extended, outcome);
    }

    String name() {
        return (extended ? "Parse: " : "Query: ") + line;
    }

    void play(Intruder intruder, Stage stage) {
        for (String step : steps) {
            if (step.equals("reconnect")) {
                intruder.reconnect();
            } else if (step.startsWith("reconnect ")) {
                intruder.reconnect(step.substring("reconnect ".length()).split("=", 2));
            } else if (step.startsWith("given ")) {
                stage.direct(text(step.substring("given ".length()), stage));
            } else if (extended) {
                intruder.extended(bytes(text(step, stage)));
            } else {
                intruder.query(bytes(text(step, stage)));
            }
        }
    }

    private static String text(String step, Stage stage) {
        return step.replace("«port»", Integer.toString(stage.serverPort()))
                .replace("«database»", stage.database())
                .replace('␤', '\n')
                .replace('␍', '\r')
                .replace('␉', '\t')
                .replace('␋', '\u000b')
                .replace('␌', '\f');
    }

    private static byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher matcher = BYTE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            out.writeBytes(text.substring(end, matcher.start()).getBytes(StandardCharsets.UTF_8));
            out.write(Integer.parseInt(matcher.group(1), 16));
            end = matcher.end();
        }
        out.writeBytes(text.substring(end).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
