package io.sallyport.policies.analysis.structure;

import java.math.BigDecimal;
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

    private Ranges() {}

    /** 1 when the expression is always more than the constant, 0 when it is never less, null when the text does not tell. */
    static @Nullable Integer order(Expression expression, Constant constant) {
        Expression bare = Shapes.bare(expression);
        if (constant instanceof Constant.Numeric number && NEVER_NEGATIVE.contains(Shapes.callee(bare))) {
            int sign = number.value().compareTo(BigDecimal.ZERO);
            return sign < 0 ? Integer.valueOf(1) : sign == 0 ? Integer.valueOf(0) : null;
        }
        if (constant instanceof Constant.Text text && bare instanceof Column column) {
            // The first row of a page has the number 1 (storage/off.h).
            boolean firstPage =
                    column.getColumnName().equals("ctid") && text.value().matches("\\(0, ?[01]\\)");
            if (firstPage) {
                return text.value().endsWith("0)") ? 1 : 0;
            }
            // Only texts and the like compare with an empty literal, and none is less.
            return text.value().isEmpty() ? Integer.valueOf(0) : null;
        }
        return null;
    }
}
