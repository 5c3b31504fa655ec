package io.sallyport.policies.analysis.structure;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** Values of which the least is known. What follows from arithmetic beyond these few is not followed. */
final class Ranges {
    private static final Set<String> NEVER_NEGATIVE = Set.of(
            "abs",
            "bit_length",
            "cardinality",
            "char_length",
            "character_length",
            "length",
            "octet_length",
            "pg_column_size",
            "random",
            "strpos");

    private static final Integer BELOW = 1;
    private static final Integer NEVER_ABOVE = 3;
    private static final Integer ABOVE = 4;
    private static final Integer NEVER_BELOW = 6;

    private Ranges() {}

    /** How the expression may compare with the constant, as {@link Comparator#mask}; null when the text does not tell. */
    static @Nullable Integer mask(Expression expression, Constant constant) {
        Expression bare = Shapes.bare(expression);
        if (constant instanceof Constant.Numeric number && NEVER_NEGATIVE.contains(Shapes.callee(bare))) {
            int sign = number.value().compareTo(BigDecimal.ZERO);
            return sign < 0 ? ABOVE : sign == 0 ? NEVER_BELOW : null;
        }
        return constant instanceof Constant.Text text && bare instanceof Column column
                ? mask(column.getColumnName(), text.value().toLowerCase(Locale.ROOT))
                : null;
    }

    private static @Nullable Integer mask(String column, String text) {
        if (column.equals("ctid")) {
            // The first row of a page has the number 1 (storage/off.h); the last block is none (storage/block.h).
            boolean first = text.matches("\\(0, ?[01]\\)");
            boolean last = text.matches("\\(4294967295, ?\\d+\\)");
            return first ? (text.endsWith("0)") ? ABOVE : NEVER_BELOW) : last ? BELOW : null;
        }
        return switch (text) {
            // Only texts and the like compare with an empty literal, and none is less.
            case "", "-infinity", "-inf" -> NEVER_BELOW;
            case "infinity", "inf", "+infinity", "nan" -> NEVER_ABOVE;
            default -> null;
        };
    }
}
