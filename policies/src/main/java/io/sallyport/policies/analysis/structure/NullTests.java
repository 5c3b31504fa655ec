package io.sallyport.policies.analysis.structure;

import java.util.Set;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.IsUnknownExpression;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** IS NULL. Whether a column has a NOT NULL constraint is not in the text, so nothing is concluded of a column. */
final class NullTests {
    /** Columns that every table has, never NULL (catalog/heap.c, SysAtt). */
    private static final Set<String> SYSTEM_COLUMNS = Set.of("ctid", "tableoid", "xmin", "xmax", "cmin", "cmax");

    private NullTests() {}

    static Formula isNull(@Nullable Expression expression, Relations relations) {
        Expression bare = Shapes.bare(expression);
        if (bare == null || Constants.isNull(bare)) {
            return Truth.TRUE;
        }
        if (Constants.of(bare) != null || isNeverNull(bare)) {
            return Truth.FALSE;
        }
        Term term = Terms.of(bare, relations);
        if (!term.varies()) {
            Formula value = Conditions.of(bare, relations);
            if (value instanceof Truth truth) {
                return Formula.known(truth == Truth.NULL);
            }
        }
        return Formula.opaque(term.text() + " IS NULL", term.varies());
    }

    /** Of the target's own rows: a row is not NULL to IS DISTINCT FROM even when all in it is. */
    static boolean isWholeRow(@Nullable Expression expression, Relations relations) {
        return Shapes.bare(expression) instanceof Column column && relations.isWholeRow(column);
    }

    private static boolean isNeverNull(Expression bare) {
        if (bare instanceof Column column) {
            return SYSTEM_COLUMNS.contains(column.getColumnName());
        }
        boolean decided = bare instanceof IsNullExpression
                || bare instanceof IsBooleanExpression
                || bare instanceof IsUnknownExpression
                || bare instanceof IsDistinctExpression
                || bare instanceof ExistsExpression;
        boolean filled = Shapes.isCall(bare, "coalesce")
                && Shapes.arguments(bare).stream().anyMatch(argument -> Constants.of(argument) != null);
        return decided || filled || bare instanceof ArrayConstructor;
    }
}
