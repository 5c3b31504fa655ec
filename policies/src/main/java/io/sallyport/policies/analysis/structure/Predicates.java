package io.sallyport.policies.analysis.structure;

import java.util.List;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperator;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/** Conditions that are no combination of others. */
final class Predicates {
    private Predicates() {}

    static Formula of(Expression expression, Relations relations) {
        Formula formula = known(expression, relations);
        if (formula != null) {
            return formula;
        }
        Term term = Terms.of(expression, relations);
        return Formula.opaque(term.text(), term.varies());
    }

    private static @Nullable Formula known(Expression expression, Relations relations) {
        if (expression instanceof IsNullExpression is) {
            Formula isNull = NullTests.isNull(is.getLeftExpression(), relations);
            boolean not = is.isNot() || is.isUseNotNull();
            return not ? isNull.not() : isNull;
        }
        if (expression instanceof IsDistinctExpression distinct) {
            boolean not = distinct.getStringExpression().contains("NOT");
            Formula differs = distinct(distinct.getLeftExpression(), distinct.getRightExpression(), relations);
            return not ? differs.not() : differs;
        }
        if (expression instanceof ComparisonOperator comparison) {
            Comparator comparator = Comparator.of(comparison.getStringExpression());
            return comparator == null
                    ? null
                    : Comparisons.of(
                            comparator, comparison.getLeftExpression(), comparison.getRightExpression(), relations);
        }
        if (expression instanceof Between between) {
            return between(between, relations);
        }
        if (expression instanceof InExpression in) {
            Formula found = in(in, relations);
            return found != null && in.isNot() ? found.not() : found;
        }
        if (expression instanceof LikeExpression like) {
            return Patterns.like(like, relations);
        }
        if (expression instanceof RegExpMatchOperator match) {
            return Patterns.matches(match, relations);
        }
        return expression instanceof BinaryExpression binary ? contains(binary, relations) : null;
    }

    /** Everything contains itself. */
    private static @Nullable Formula contains(BinaryExpression binary, Relations relations) {
        String operator = binary.getStringExpression();
        boolean reflexive = operator.equals("@>") || operator.equals("<@");
        return reflexive && same(binary.getLeftExpression(), binary.getRightExpression(), relations)
                ? Truth.TRUE
                : null;
    }

    private static Formula distinct(Expression left, Expression right, Relations relations) {
        if (Constants.isNull(left)) {
            return Constants.isNull(right) ? Truth.FALSE : distinct(right, left, relations);
        }
        if (Constants.isNull(right)) {
            return NullTests.isWholeRow(left, relations)
                    ? Truth.TRUE
                    : NullTests.isNull(left, relations).not();
        }
        return Comparisons.of(Comparator.UNEQUAL, left, right, relations);
    }

    private static Formula between(Between between, Relations relations) {
        Expression middle = between.getLeftExpression();
        Expression start = between.getBetweenExpressionStart();
        Expression end = between.getBetweenExpressionEnd();
        Formula inside = inside(middle, start, end, relations);
        if (between.isUsingSymmetric()) {
            inside = Formula.any(List.of(inside, inside(middle, end, start, relations)));
        }
        return between.isNot() ? inside.not() : inside;
    }

    private static Formula inside(Expression middle, Expression low, Expression high, Relations relations) {
        return Formula.all(List.of(
                Comparisons.of(Comparator.AT_LEAST, middle, low, relations),
                Comparisons.of(Comparator.AT_MOST, middle, high, relations)));
    }

    private static @Nullable Formula in(InExpression in, Relations relations) {
        Expression left = in.getLeftExpression();
        Expression right = in.getRightExpression();
        if (right instanceof Select query) {
            return Existence.contains(left, query, relations);
        }
        if (!(right instanceof ExpressionList<?> list)) {
            return null;
        }
        return Formula.any(list.stream()
                .map(item -> item instanceof Select query && list.size() == 1
                        ? Existence.contains(left, query, relations)
                        : Comparisons.of(Comparator.EQUAL, left, item, relations))
                .toList());
    }

    static boolean same(Expression left, Expression right, Relations relations) {
        return Terms.of(left, relations).equals(Terms.of(right, relations));
    }
}
