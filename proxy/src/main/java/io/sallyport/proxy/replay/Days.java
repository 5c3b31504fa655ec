package io.sallyport.proxy.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often on each day. */
final class Days {
    /** More than a decade; a log with wilder times has them wrong. */
    private static final int MOST = 4000;

    private final ZoneId zone;
    private final Map<LocalDate, Long> counts = new HashMap<>();
    private long total;

    Days(ZoneId zone) {
        this.zone = zone;
    }

    void add(@Nullable Instant at) {
        total++;
        if (at != null) {
            LocalDate day = at.atZone(zone).toLocalDate();
            if (counts.size() < MOST || counts.containsKey(day)) {
                counts.merge(day, 1L, Long::sum);
            }
        }
    }

    long total() {
        return total;
    }

    /** The day with most; null where the log has no times. */
    Summary.@Nullable Busiest busiest() {
        return counts.entrySet().stream()
                .max(Map.Entry.<LocalDate, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(day -> new Summary.Busiest(day.getKey(), day.getValue()))
                .orElse(null);
    }
}
