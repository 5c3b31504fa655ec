package io.sallyport.proxy.token;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a token goes.
 *
 * @param lasts how long it stays good; null for the configured time
 * @param rows how many rows each of its statements may change; null where they are not counted
 */
public record GrantLimits(
        @Nullable Duration lasts, @Nullable Long rows) {
    public static final GrantLimits NONE = new GrantLimits(null, null);

    /** Of several approvers the most careful one counts. */
    GrantLimits stricter(GrantLimits other) {
        return new GrantLimits(smaller(lasts, other.lasts), smaller(rows, other.rows));
    }

    private static <T extends Comparable<T>> @Nullable T smaller(@Nullable T one, @Nullable T other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }
}
