package io.sallyport.policies.analysis.structure;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;

/** Comparisons of constants, and of a thing with itself. A column that is NULL is left aside: whoever writes {@code x = x} means every row. */
final class Predicates {
    private Predicates() {}

    static Truth truth(Expression expression) {
        if (expression instanceof IsDistinctExpression distinct) {
            boolean not = distinct.getStringExpression().contains("NOT");
            Truth same = compare("=", distinct.getLeftExpression(), distinct.getRightExpression());
            return not ? same : same.negated();
        }
        if (expression instanceof ComparisonOperator comparison) {
            return compare(
                    comparison.getStringExpression(), comparison.getLeftExpression(), comparison.getRightExpression());
        }
        if (expression instanceof Between between) {
            Truth low = compare(">=", between.getLeftExpression(), between.getBetweenExpressionStart());
            Truth high = compare("<=", between.getLeftExpression(), between.getBetweenExpressionEnd());
            Truth inside = low == high ? low : low == Truth.NEVER || high == Truth.NEVER ? Truth.NEVER : Truth.DEPENDS;
            return between.isNot() ? inside.negated() : inside;
        }
        if (expression instanceof InExpression in) {
            Truth found = in(in);
            return in.isNot() ? found.negated() : found;
        }
        if (expression instanceof LikeExpression like) {
            boolean anything = like.getRightExpression() instanceof StringValue pattern
                    && pattern.getValue().matches("%+");
            return anything ? Truth.when(!like.isNot()) : Truth.DEPENDS;
        }
        if (expression instanceof IsNullExpression is) {
            boolean isNull = is.getLeftExpression() instanceof NullValue;
            boolean known = isNull || Constants.of(is.getLeftExpression()) != null;
            return known ? Truth.when(isNull != is.isNot()) : Truth.DEPENDS;
        }
        return Truth.DEPENDS;
    }

    private static Truth in(InExpression in) {
        if (!(in.getRightExpression() instanceof ExpressionList<?> list)) {
            return Truth.DEPENDS;
        }
        boolean never = true;
        for (Expression item : list) {
            Truth same = compare("=", in.getLeftExpression(), item);
            if (same == Truth.ALWAYS) {
                return Truth.ALWAYS;
            }
            never &= same == Truth.NEVER;
        }
        return never ? Truth.NEVER : Truth.DEPENDS;
    }

    private static Truth compare(String operator, Expression left, Expression right) {
        if (left instanceof NullValue || right instanceof NullValue) {
            return Truth.DEPENDS;
        }
        boolean identical = bare(left).equals(bare(right));
        Integer order = identical ? Integer.valueOf(0) : Constants.compare(left, right);
        if (order == null) {
            return Truth.DEPENDS;
        }
        return switch (operator) {
            case "=" -> Truth.when(order == 0);
            case "<>", "!=" -> Truth.when(order != 0);
            case "<" -> Truth.when(order < 0);
            case "<=" -> Truth.when(order <= 0);
            case ">" -> Truth.when(order > 0);
            case ">=" -> Truth.when(order >= 0);
            default -> Truth.DEPENDS;
        };
    }

    /** Parentheses do not make another thing of it. */
    private static String bare(Expression expression) {
        String text = expression.toString();
        while (text.startsWith("(") && text.endsWith(")") && text.indexOf('(', 1) < 0) {
            text = text.substring(1, text.length() - 1);
        }
        return text;
    }
}
