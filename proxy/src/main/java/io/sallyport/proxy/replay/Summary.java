package io.sallyport.proxy.replay;

import io.sallyport.policies.decision.Decision;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay found.
 *
 * @param stopped how many strings a proxy in enforcing mode would not have let pass at once
 * @param hours of the day, each with how many would have been stopped; those without any left out
 */
public record Summary(
        String policy,
        List<Source> sources,
        long records,
        long statements,
        long stopped,
        long sessions,
        boolean sessionsEstimated,
        Span span,
        List<DecisionCount> decisions,
        List<RuleCount> rules,
        List<Party> users,
        List<Party> databases,
        List<Party> applications,
        List<Hour> hours,
        List<FingerprintCount> fingerprints,
        long fingerprintsDropped,
        Skipped skipped,
        Unreadable unreadable,
        List<String> notes) {
    /** A log, and how it was read. */
    public record Source(String file, String format, long records) {}

    /** From the first statement to the last; days is never below one hour's part of a day. */
    public record Span(@Nullable Instant first, @Nullable Instant last, double days) {}

    public record Busiest(LocalDate day, long count) {}

    public record DecisionCount(String decision, long count, double share) {}

    /** @param perDay over the whole span; null for a span of less than a day */
    public record RuleCount(
            String decision,
            String rule,
            long count,
            @Nullable Double perDay,
            @Nullable Busiest busiest) {}

    /** A user, a database, an application. */
    public record Party(String name, long statements, long stopped, Map<String, Long> decisions) {
        static Party of(String name, EnumMap<Decision, Long> counts) {
            Map<String, Long> decisions = new LinkedHashMap<>();
            long all = 0;
            for (Map.Entry<Decision, Long> count : counts.entrySet()) {
                decisions.put(label(count.getKey()), count.getValue());
                all += count.getValue();
            }
            return new Party(name, all, all - counts.getOrDefault(Decision.ALLOW, 0L), decisions);
        }

        private static String label(Decision decision) {
            return decision.name().toLowerCase(Locale.ROOT);
        }
    }

    public record Hour(int hour, long stopped) {}

    /**
     * Strings that differ in their values only.
     *
     * @param id first twelve hexadecimal digits of the SHA-256 of the normalised text
     * @param text without values, or one example with them
     * @param place of the first
     */
    public record FingerprintCount(
            String id,
            String decision,
            String rule,
            long count,
            @Nullable Instant first,
            @Nullable Instant last,
            String place,
            List<String> users,
            List<String> applications,
            String text) {}

    /**
     * What was not replayed.
     *
     * @param failures errors whose text no other record has
     * @param fetches further fetches from a portal, which are no new run
     * @param overlong records longer than what is read of one, or texts that the log itself cut
     * @param filtered by user, database, application or time
     */
    public record Skipped(long failures, long fetches, long overlong, long filtered) {}

    public record Unreadable(long lines, List<String> first) {}
}
