package io.sallyport.proxy.replay;

import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.proxy.audit.SecretMask;
import io.sallyport.proxy.replay.log.Origin;
import io.sallyport.proxy.replay.log.Place;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One fingerprint under one rule. */
final class FingerprintEntry {
    private static final int LONGEST_EXAMPLE = 500;
    private static final int MOST_NAMES = 5;

    private final Fingerprint fingerprint;
    private final Verdict verdict;
    private final Place place;
    private final String example;
    private final Set<String> users = new LinkedHashSet<>();
    private final Set<String> applications = new LinkedHashSet<>();
    private long count;
    private @Nullable Instant first;
    private @Nullable Instant last;

    FingerprintEntry(Fingerprint fingerprint, Verdict verdict, Place place, String sql) {
        this.fingerprint = fingerprint;
        this.verdict = verdict;
        this.place = place;
        this.example = sql.length() <= LONGEST_EXAMPLE ? sql : sql.substring(0, LONGEST_EXAMPLE);
    }

    void add(@Nullable Instant at, Origin origin) {
        count++;
        if (at != null) {
            first = first == null || at.isBefore(first) ? at : first;
            last = last == null || at.isAfter(last) ? at : last;
        }
        remember(users, origin.user());
        remember(applications, origin.application());
    }

    private static void remember(Set<String> names, String name) {
        if (!name.isEmpty() && names.size() < MOST_NAMES) {
            names.add(name);
        }
    }

    long count() {
        return count;
    }

    String text() {
        return fingerprint.text();
    }

    Decision decision() {
        return verdict.decision();
    }

    /** Masked either way: a secret need not be a literal. An example that was cut has its last literal masked to the end. */
    Summary.FingerprintCount summary(boolean withLiterals) {
        return new Summary.FingerprintCount(
                fingerprint.id(),
                verdict.decision().label(),
                verdict.rule(),
                count,
                first,
                last,
                place.toString(),
                List.copyOf(users),
                List.copyOf(applications),
                SecretMask.mask(withLiterals ? example : fingerprint.text()));
    }
}
