package io.sallyport.proxy.replay;

import io.sallyport.policies.decision.Decision;
import io.sallyport.proxy.replay.log.LogTime;
import io.sallyport.proxy.replay.log.UnreadableLines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes a summary of what was counted. */
public final class Summariser {
    private static final double SECONDS_OF_DAY = Duration.ofDays(1).toSeconds();

    private final ReplayCounts counts;
    private final Options options;

    /**
     * How much of it to show.
     *
     * @param only fingerprints of these decisions
     * @param literals whether the examples keep their values; passwords are masked either way
     */
    public record Options(int top, Set<Decision> only, boolean literals) {
        public Options {
            only = Set.copyOf(only);
        }
    }

    public Summariser(ReplayCounts counts, Options options) {
        this.counts = counts;
        this.options = options;
    }

    public Summary summary(
            String policy,
            List<Summary.Source> sources,
            Replay replay,
            UnreadableLines unreadable,
            List<String> notes) {
        SessionBook sessions = replay.sessions();
        Summary.Span span = span(counts.first, counts.last);
        return new Summary(
                policy,
                sources,
                counts.records,
                counts.statements,
                counts.stopped(),
                sessions.seen(),
                sessions.isEstimate(),
                span,
                decisions(),
                rules(span),
                counts.users.top(options.top),
                counts.databases.top(options.top),
                counts.applications.top(options.top),
                IntStream.range(0, counts.hours.length)
                        .filter(hour -> counts.hours[hour] > 0)
                        .mapToObj(hour -> new Summary.Hour(hour, counts.hours[hour]))
                        .toList(),
                counts.fingerprints.top(options.top, options.only).stream()
                        .map(entry -> entry.summary(options.literals))
                        .toList(),
                counts.fingerprints.dropped(),
                new Summary.Skipped(counts.failures, counts.fetches, counts.overlong, counts.filtered),
                new Summary.Unreadable(unreadable.count(), unreadable.first()),
                notes);
    }

    private static Summary.Span span(@Nullable Instant first, @Nullable Instant last) {
        double days = first == null || last == null
                ? 0
                : Duration.between(first, last).toSeconds() / SECONDS_OF_DAY;
        return new Summary.Span(first, last, days);
    }

    private List<Summary.DecisionCount> decisions() {
        List<Summary.DecisionCount> list = new ArrayList<>();
        for (Map.Entry<Decision, Long> entry : counts.decisions.entrySet()) {
            double share = entry.getValue() / (double) counts.statements;
            list.add(new Summary.DecisionCount(entry.getKey().label(), entry.getValue(), share));
        }
        return list;
    }

    private List<Summary.RuleCount> rules(Summary.Span span) {
        return counts.rules.entrySet().stream()
                .sorted(Comparator.<Map.Entry<ReplayCounts.RuleKey, Days>, Decision>comparing(
                                entry -> entry.getKey().decision())
                        .thenComparingLong(entry -> entry.getValue().total())
                        .reversed())
                .map(entry -> rule(entry.getKey(), entry.getValue(), span.days()))
                .toList();
    }

    private static Summary.RuleCount rule(ReplayCounts.RuleKey key, Days days, double span) {
        return new Summary.RuleCount(
                key.decision().label(),
                key.rule(),
                days.total(),
                span < 1 ? null : Double.valueOf(days.total() / span),
                days.busiest());
    }

    /** What somebody who reads the summary should know about what it rests on. */
    static List<String> notes(ReplayCounts counts, SessionBook sessions, LogTime time, boolean asksRoles) {
        List<String> notes = new ArrayList<>();
        if (counts.statements == 0 && counts.records > 0) {
            notes.add("the log has no statements: does the server log them (log_statement, log_min_duration_statement),"
                    + " and in English (lc_messages)?");
        }
        if (counts.withoutUser > 0) {
            notes.add(counts.withoutUser + " statements without a user: the log does not name it (log_line_prefix"
                    + " without %u); rules about users see an empty name");
        }
        if (counts.withoutTime > 0) {
            notes.add(counts.withoutTime + " statements without a time: rules about hours and days see 1970");
        }
        if (counts.unknownExecutes > 0) {
            notes.add(counts.unknownExecutes + " EXECUTE of a statement whose PREPARE is not in the log, judged by"
                    + " their own text");
        }
        if (asksRoles) {
            notes.add(
                    "the policy asks for roles, which a log does not tell: users count as members of their own role and of"
                            + " those that --roles names");
        }
        if (!time.unknownZones().isEmpty()) {
            notes.add("time zones that are not known count as UTC (--timezone says otherwise): "
                    + String.join(", ", time.unknownZones()));
        }
        return notes;
    }
}
