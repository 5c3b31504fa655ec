package io.sallyport.proxy.safety;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a source said a moment ago. That it could not say anything is not kept for those who come later. */
final class RecentReading {
    static final Duration KEPT = Duration.ofSeconds(1);

    private final BackupSource source;
    private final Clock clock;
    private @Nullable LastGood known;
    private Instant askedAt = Instant.MIN;
    private @Nullable SourceFailure failure;
    private Instant failedAt = Instant.MIN;

    RecentReading(BackupSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    String name() {
        return source.name();
    }

    /** One asks, and those who come meanwhile hear the same, also that it failed. Blocks. */
    LastGood get() throws SourceFailure {
        return get(clock.instant());
    }

    /** @param came when the caller began to wait: a source that hangs costs those who wait its time once, not in turn */
    private synchronized LastGood get(Instant came) throws SourceFailure {
        LastGood kept = known;
        SourceFailure failed = failure;
        Instant now = clock.instant();
        if (kept != null && !now.isBefore(askedAt) && now.isBefore(askedAt.plus(KEPT))) {
            return kept;
        } else if (failed != null && failedAt.isAfter(came)) {
            throw failed;
        }
        known = null;
        failure = null;
        try {
            LastGood answer = source.ask();
            known = answer;
            askedAt = now;
            return answer;
        } catch (SourceFailure fresh) {
            failure = fresh;
            failedAt = clock.instant();
            throw fresh;
        }
    }
}
