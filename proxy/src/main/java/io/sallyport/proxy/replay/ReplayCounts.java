package io.sallyport.proxy.replay;

import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.proxy.replay.log.LogRecord;
import io.sallyport.proxy.replay.log.Origin;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is counted; its size does not grow with the log. */
public final class ReplayCounts {
    private static final int HOURS = 24;

    record RuleKey(Decision decision, String rule) {}

    final ZoneId zone;
    final Map<Decision, Long> decisions = new EnumMap<>(Decision.class);
    /** Bounded by the policy. */
    final Map<RuleKey, Days> rules = new HashMap<>();

    final Tally users = new Tally();
    final Tally databases = new Tally();
    final Tally applications = new Tally();
    final FingerprintTable fingerprints = new FingerprintTable();
    final long[] hours = new long[HOURS];

    long records;
    long statements;
    long failures;
    long fetches;
    long overlong;
    long filtered;
    long unknownExecutes;
    long withoutUser;
    long withoutTime;

    @Nullable
    Instant first;

    @Nullable
    Instant last;

    /** @param zone whose hours and days are counted */
    public ReplayCounts(ZoneId zone) {
        this.zone = zone;
    }

    void add(LogRecord record, Origin origin, Verdict verdict, Fingerprint fingerprint, String sql) {
        Decision decision = verdict.decision();
        Instant at = record.at();
        statements++;
        decisions.merge(decision, 1L, Long::sum);
        users.add(origin.user(), decision);
        databases.add(origin.database(), decision);
        applications.add(origin.application(), decision);
        fingerprints.add(fingerprint, verdict, record, origin, sql);
        withoutUser += origin.user().isEmpty() ? 1 : 0;
        rules.computeIfAbsent(new RuleKey(decision, verdict.rule()), unused -> new Days(zone))
                .add(at);
        if (at == null) {
            withoutTime++;
            return;
        }
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
        if (decision != Decision.ALLOW) {
            hours[at.atZone(zone).getHour()]++;
        }
    }

    /** What a proxy in enforcing mode would not have let pass at once. */
    public long stopped() {
        return statements - decisions.getOrDefault(Decision.ALLOW, 0L);
    }

    public long records() {
        return records;
    }
}
