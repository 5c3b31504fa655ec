package io.sallyport.proxy.replay.report;

import io.sallyport.policies.decision.Decision;
import io.sallyport.proxy.replay.Summary;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The summary as tables for people. */
public final class TextReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Summary summary;
    private final ZoneId zone;
    private final PrintWriter out;

    private TextReport(Summary summary, ZoneId zone, PrintWriter out) {
        this.summary = summary;
        this.zone = zone;
        this.out = out;
    }

    public static void write(Summary summary, ZoneId zone, PrintWriter out) {
        new TextReport(summary, zone, out).write();
        out.flush();
    }

    private void write() {
        head();
        decisions();
        rules();
        parties("user", summary.users());
        parties("database", summary.databases());
        parties("application", summary.applications());
        hours();
        new FingerprintReport(summary, this::time, out).write();
        remarks();
    }

    private void head() {
        for (Summary.Source source : summary.sources()) {
            out.println(source.file() + ": " + count(source.records(), "record") + ", " + source.format());
        }
        out.println();
        String about = summary.sessionsEstimated() ? "about " : "";
        out.println(count(summary.statements(), "statement") + " of " + about + count(summary.sessions(), "session")
                + span() + ", under the policy " + summary.policy());
        out.println(
                summary.stopped() == 0
                        ? "None would be stopped."
                        : number(summary.stopped()) + " would be stopped: "
                                + percent(summary.stopped() / (double) summary.statements()) + ".");
    }

    private String span() {
        Instant first = summary.span().first();
        Instant last = summary.span().last();
        return first == null || last == null
                ? ""
                : ", " + time(first) + " to " + time(last) + " " + zone + " (" + length(Duration.between(first, last))
                        + ")";
    }

    private static String length(Duration span) {
        if (span.compareTo(Duration.ofDays(1)) >= 0) {
            return String.format(Locale.ROOT, "%.1f days", span.toMinutes() / 1440.0);
        }
        return span.toHours() > 0
                ? String.format(Locale.ROOT, "%.1f hours", span.toMinutes() / 60.0)
                : count(span.toSeconds(), "second");
    }

    private void decisions() {
        Columns columns = new Columns();
        columns.row(List.of("decision", "statements", "share"));
        for (Summary.DecisionCount decision : summary.decisions()) {
            columns.row(List.of(decision.decision(), number(decision.count()), percent(decision.share())));
        }
        print(columns, summary.decisions().size());
    }

    private void rules() {
        Columns columns = new Columns();
        columns.row(List.of("rule", "decision", "statements", "a day", "most in a day", ""));
        for (Summary.RuleCount rule : summary.rules()) {
            Summary.Busiest busiest = rule.busiest();
            Double perDay = rule.perDay();
            columns.row(List.of(
                    rule.rule(),
                    rule.decision(),
                    number(rule.count()),
                    perDay == null ? "-" : String.format(Locale.ROOT, "%,.1f", perDay),
                    busiest == null ? "-" : number(busiest.count()),
                    busiest == null ? "" : busiest.day().toString()));
        }
        print(columns, summary.rules().size());
    }

    private void parties(String what, List<Summary.Party> parties) {
        List<String> stops = Arrays.stream(Decision.values())
                .filter(decision -> decision != Decision.ALLOW)
                .map(Decision::label)
                .filter(label ->
                        parties.stream().anyMatch(party -> party.decisions().containsKey(label)))
                .toList();
        Columns columns = new Columns();
        List<String> heading = new ArrayList<>(List.of(what, "statements", "stopped"));
        heading.addAll(stops);
        columns.row(heading);
        for (Summary.Party party : parties) {
            List<String> row =
                    new ArrayList<>(List.of(party.name(), number(party.statements()), number(party.stopped())));
            stops.forEach(label -> row.add(number(party.decisions().getOrDefault(label, 0L))));
            columns.row(row);
        }
        print(columns, parties.size());
    }

    private void hours() {
        Columns columns = new Columns();
        columns.row(List.of("hour (" + zone + ")", "stopped"));
        for (Summary.Hour hour : summary.hours()) {
            columns.row(List.of(String.format(Locale.ROOT, "%02d:00", hour.hour()), number(hour.stopped())));
        }
        print(columns, summary.hours().size());
    }

    private void remarks() {
        Summary.Skipped skipped = summary.skipped();
        out.println();
        remark(
                skipped.failures(),
                "that failed and are in the log only with their error: --include-errors replays them");
        remark(skipped.overlong(), "longer than is read of a record, not replayed");
        remark(skipped.filtered(), "left out by the filters");
        remark(skipped.fetches(), "further fetches from an open cursor, no new run");
        remark(
                summary.fingerprintsDropped(),
                "rare fingerprints dropped to save memory: counts of rare ones may be low");
        remark(summary.unreadable().lines(), "lines or records that could not be read, the first:");
        summary.unreadable().first().forEach(place -> out.println("    " + place));
        summary.notes().forEach(note -> out.println("note: " + note));
    }

    private void remark(long count, String what) {
        if (count > 0) {
            out.println(number(count) + " " + what);
        }
    }

    private void print(Columns columns, int rows) {
        if (rows > 0) {
            out.println();
            columns.lines().forEach(out::println);
        }
    }

    private String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at.atZone(zone));
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String count(long count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.001 ? "%.3f%%" : "%.1f%%", 100 * share);
    }
}
