package io.sallyport.proxy.console;

import java.time.Duration;
import java.time.Instant;

/** Spans of time as people read them: {@code 9m 58s}. */
public final class Spans {
    private Spans() {}

    static String since(Instant from, Instant to) {
        return text(Duration.between(from, to));
    }

    public static String text(Duration span) {
        long seconds = Math.max(0, (span.toMillis() + 500) / 1000);
        if (seconds < 60) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        return minutes < 60 ? minutes + "m " + seconds % 60 + "s" : minutes / 60 + "h " + minutes % 60 + "m";
    }
}
