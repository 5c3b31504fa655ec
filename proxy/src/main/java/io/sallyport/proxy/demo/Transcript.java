package io.sallyport.proxy.demo;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What everyone saw, in the order it happened: {@code time  who  text}, readable as it scrolls by. */
final class Transcript {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private static final int WIDTH = 116;
    private static final String INDENT = "    ";

    private final PrintWriter out;

    Transcript(PrintWriter out) {
        this.out = out;
    }

    void scene(String title) {
        print("");
        print("── " + title + " " + "─".repeat(Math.max(3, 100 - title.length())));
    }

    /** A text of several lines carries the time once and the name on each. */
    void line(String who, String text) {
        String time = TIME.format(LocalTime.now(ZoneId.systemDefault()));
        for (String line : wrapped(text)) {
            print("%-12s  %-8s %s".formatted(time, who, line).stripTrailing());
            time = "";
        }
    }

    /** Lines as they are, and those that are wider than a screen broken between words. */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String rest = line;
            while (rest.length() > WIDTH && rest.lastIndexOf(' ', WIDTH) > INDENT.length()) {
                int space = rest.lastIndexOf(' ', WIDTH);
                lines.add(rest.substring(0, space));
                rest = INDENT + rest.substring(space + 1);
            }
            lines.add(rest);
        }
        return lines;
    }

    synchronized void print(String line) {
        out.println(line);
        out.flush();
    }
}
