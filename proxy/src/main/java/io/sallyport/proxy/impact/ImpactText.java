package io.sallyport.proxy.impact;

import io.sallyport.policies.rule.Impact;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An impact in words, for people. */
public final class ImpactText {
    private ImpactText() {}

    /** {@code about 12,000 rows, 6% of 200,000}; or that nobody can tell. */
    public static String of(Impact impact) {
        Long rows = impact.rows();
        if (rows == null) {
            return "how many rows is not known";
        }
        Long total = impact.total();
        return "about " + counted(rows) + (total == null || total == 0 ? "" : ", " + share(rows, total));
    }

    private static String counted(long rows) {
        return String.format(Locale.ROOT, "%,d %s", rows, rows == 1 ? "row" : "rows");
    }

    private static String share(long rows, long total) {
        double percent = Math.min(100.0, 100.0 * rows / total);
        String number = percent > 0 && percent < 0.1
                ? "less than 0.1"
                : String.format(Locale.ROOT, percent < 10 ? "%.1f" : "%.0f", percent)
                        .replace(".0", "");
        return number + String.format(Locale.ROOT, "%% of about %,d", total);
    }

    /** The same behind a statement's summary; nothing where nobody was asked. */
    public static String after(String summary, @Nullable Impact impact) {
        return impact == null ? summary : summary + ": " + of(impact);
    }
}
