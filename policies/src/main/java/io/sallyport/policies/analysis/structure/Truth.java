package io.sallyport.policies.analysis.structure;

import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.jspecify.annotations.Nullable;

/** What a condition comes to. NULL counts as {@link #NEVER}: it deletes no row. */
enum Truth {
    ALWAYS,
    NEVER,
    DEPENDS;

    Truth negated() {
        return switch (this) {
            case ALWAYS -> NEVER;
            case NEVER -> ALWAYS;
            case DEPENDS -> DEPENDS;
        };
    }

    static Truth when(boolean holds) {
        return holds ? ALWAYS : NEVER;
    }

    static Truth of(@Nullable Expression expression) {
        if (expression instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return of(list.get(0));
        }
        if (expression instanceof BooleanValue value) {
            return when(value.getValue());
        }
        if (expression instanceof NullValue) {
            return NEVER;
        }
        if (expression instanceof StringValue value) {
            return ofText(value.getValue());
        }
        if (expression instanceof AndExpression and) {
            return both(of(and.getLeftExpression()), of(and.getRightExpression()));
        }
        if (expression instanceof OrExpression) {
            return Disjunction.truth(expression);
        }
        if (expression instanceof NotExpression not) {
            // NOT NULL is NULL: an inner NEVER that may be a NULL must not become ALWAYS.
            return not.getExpression() instanceof NullValue
                    ? NEVER
                    : of(not.getExpression()).negated();
        }
        if (expression instanceof IsBooleanExpression is) {
            Truth inner = of(is.getLeftExpression());
            Truth wanted = is.isTrue() ? inner : inner.negated();
            return is.isNot() ? wanted.negated() : wanted;
        }
        if (expression instanceof CastExpression cast) {
            return of(cast.getLeftExpression());
        }
        if (expression instanceof ExistsExpression exists) {
            Truth found = ofSelect(exists.getRightExpression());
            return exists.isNot() ? found.negated() : found;
        }
        if (expression instanceof CaseExpression choice) {
            return ofCase(choice);
        }
        return expression == null ? DEPENDS : Predicates.truth(expression);
    }

    private static Truth both(Truth left, Truth right) {
        if (left == NEVER || right == NEVER) {
            return NEVER;
        }
        return left == ALWAYS && right == ALWAYS ? ALWAYS : DEPENDS;
    }

    /** The spellings of boolin; of any other text nothing is known. */
    private static Truth ofText(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1" -> ALWAYS;
            case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0" -> NEVER;
            default -> DEPENDS;
        };
    }

    /** A SELECT without FROM gives one row when its own condition holds. */
    private static Truth ofSelect(Expression select) {
        if (!(select instanceof ParenthesedSelect outer) || !(outer.getSelect() instanceof PlainSelect plain)) {
            return DEPENDS;
        }
        boolean plainRow = plain.getFromItem() == null
                && plain.getHaving() == null
                && plain.getLimit() == null
                && plain.getOffset() == null
                && plain.getFetch() == null;
        if (!plainRow) {
            return DEPENDS;
        }
        return plain.getWhere() == null ? ALWAYS : of(plain.getWhere());
    }

    private static Truth ofCase(CaseExpression choice) {
        List<WhenClause> branches = choice.getWhenClauses();
        Truth all = of(choice.getElseExpression());
        for (WhenClause branch : branches) {
            if (of(branch.getThenExpression()) != all) {
                return DEPENDS;
            }
        }
        return all;
    }
}
