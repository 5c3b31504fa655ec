package io.sallyport.proxy.demo;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How many transactions were committed and how long they took, in milliseconds. */
record TrafficReport(
        int committed,
        double median,
        double p99,
        double slowest,
        @Nullable String failure) {

    static TrafficReport of(List<Long> nanos, @Nullable SQLException failure) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        String reason = failure == null ? null : failure.getSQLState() + " " + failure.getMessage();
        return new TrafficReport(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), reason);
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.round((sorted.length - 1) * share)] / 1e6;
    }

    @Override
    public String toString() {
        String figures = String.format(
                Locale.ROOT,
                "%d transactions of 6 statements, median %.1f ms, p99 %.1f ms, slowest %.1f ms",
                committed,
                median,
                p99,
                slowest);
        return failure == null ? figures : figures + ", then failed: " + failure;
    }
}
