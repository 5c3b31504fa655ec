package io.sallyport.policies.rule;

import org.jspecify.annotations.Nullable;

/**
 * What a statement would do to rows, as far as somebody could tell.
 *
 * @param rows how many it changes; null where nobody can tell
 * @param total how many the table has that it changes; null where nobody can tell
 */
public record Impact(@Nullable Long rows, @Nullable Long total) {
    public static final Impact NONE = new Impact(0L, 0L);

    /** Nobody can tell: counts as more than any limit. */
    public static final Impact UNKNOWN = new Impact(null, null);

    /** Of two, the one that counts for more. */
    public Impact more(Impact other) {
        return other.rowsAtMost() > rowsAtMost() ? other : this;
    }

    private static final double WHOLE = 100_000.0;

    /** What a limit on rows compares with. */
    long rowsAtMost() {
        return rows == null ? Long.MAX_VALUE : rows;
    }

    /** The share of the table in thousandths of a percent, as a limit compares with it: of an empty table, nothing. */
    long shareAtMost() {
        if (rows == null || (rows > 0 && total == null)) {
            return Long.MAX_VALUE;
        }
        return rows == 0 || total == null ? 0 : share(rows, total);
    }

    private static long share(long rows, long total) {
        return (long) Math.ceil(Math.min(1.0, rows / (double) Math.max(1, total)) * WHOLE);
    }
}
