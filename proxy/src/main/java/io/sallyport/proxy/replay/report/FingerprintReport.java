package io.sallyport.proxy.replay.report;

import io.sallyport.proxy.replay.Summary;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fingerprints, one paragraph each. */
final class FingerprintReport {
    private static final int LONGEST_TEXT = 300;

    private final Summary summary;
    private final Function<@Nullable Instant, String> time;
    private final PrintWriter out;

    FingerprintReport(Summary summary, Function<@Nullable Instant, String> time, PrintWriter out) {
        this.summary = summary;
        this.time = time;
        this.out = out;
    }

    void write() {
        for (Summary.FingerprintCount fingerprint : summary.fingerprints()) {
            out.println();
            out.println(fingerprint.id() + "  " + TextReport.number(fingerprint.count()) + " × "
                    + fingerprint.decision() + ", rule \"" + fingerprint.rule() + "\"");
            out.println("    " + oneLine(fingerprint.text()));
            out.println("    " + String.join("; ", circumstances(fingerprint)));
        }
    }

    private List<String> circumstances(Summary.FingerprintCount fingerprint) {
        List<String> parts = new ArrayList<>();
        if (!fingerprint.users().isEmpty()) {
            parts.add("by " + String.join(", ", fingerprint.users()));
        }
        if (!fingerprint.applications().isEmpty()) {
            parts.add("with " + String.join(", ", fingerprint.applications()));
        }
        if (fingerprint.first() != null) {
            String first = time.apply(fingerprint.first());
            boolean once = Objects.equals(fingerprint.first(), fingerprint.last());
            parts.add(once ? first : first + " to " + time.apply(fingerprint.last()));
        }
        parts.add("first at " + fingerprint.place());
        return parts;
    }

    /** Control characters of a log are nothing for a terminal. */
    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + " …";
    }
}
