package io.sallyport.proxy.demo;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What everyone saw, in the order it happened: {@code time  who  text}, readable as it scrolls by. */
final class Transcript {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

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
        for (String line : text.split("\n", -1)) {
            print("%-12s  %-8s %s".formatted(time, who, line).stripTrailing());
            time = "";
        }
    }

    synchronized void print(String line) {
        out.println(line);
        out.flush();
    }
}
