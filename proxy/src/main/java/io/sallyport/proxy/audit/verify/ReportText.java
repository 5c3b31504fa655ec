package io.sallyport.proxy.audit.verify;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A report, for people and for programs. */
public final class ReportText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ReportText() {}

    public static String json(Report report) {
        return JSON.writeValueAsString(report);
    }

    /** The first line says whether the log is intact. */
    public static List<String> lines(Report report, boolean keyGiven) {
        List<String> lines = new ArrayList<>();
        lines.add(report.intact() ? "intact" : "NOT INTACT");
        report.findings().forEach(finding -> lines.add("  " + finding));
        lines.add("lines        " + report.lines() + numbers(report));
        if (report.firstAt() != null) {
            lines.add("time         " + report.firstAt() + " to " + report.lastAt());
        }
        lines.add("checkpoints  " + checkpoints(report, keyGiven));
        if (report.intact()) {
            lines.add("not covered  " + report.uncovered() + " lines after the last checkpoint"
                    + (keyGiven ? " that the key proves" : ""));
        }
        notes(report, lines);
        return lines;
    }

    private static String numbers(Report report) {
        String range = report.lines() == 0 ? "" : ", number " + report.firstNumber() + " to " + report.lastNumber();
        return report.intact() ? range : range + ", before what is wrong";
    }

    private static String checkpoints(Report report, boolean keyGiven) {
        if (keyGiven) {
            return report.checkpoints() + ", " + report.proven() + " proven by a given key";
        }
        String signed =
                report.signed() == 0 ? "none signed" : report.signed() + " signed, no --public-key to prove them";
        return report.checkpoints() + ", " + signed + ": whoever can write the file can make it anew";
    }

    private static void notes(Report report, List<String> lines) {
        if (report.lines() > 0 && report.firstNumber() > 1) {
            lines.add("note         begins with number " + report.firstNumber() + "; older files were not given");
        }
        if (report.unchained() > 0) {
            lines.add(
                    "note         " + report.unchained() + " lines are older than the chain; nothing vouches for them");
        }
        if (report.torn() > 0) {
            lines.add("note         " + report.torn() + " half lines of killed processes, named by the chain");
        }
        if (report.halfLineAtEnd()) {
            lines.add("note         ends with half a line: a process was killed, or is writing just now");
        }
    }
}
