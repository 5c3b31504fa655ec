package io.sallyport.policies.analysis.structure;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;

/** OR: true when one side is, or when one side says the opposite of another, as in {@code x IS NULL OR x IS NOT NULL}. */
final class Disjunction {
    private Disjunction() {}

    static Truth truth(Expression or) {
        ArrayDeque<Expression> open = new ArrayDeque<>();
        Set<String> said = new HashSet<>();
        Set<String> opposites = new HashSet<>();
        open.push(or);
        boolean never = true;
        while (!open.isEmpty()) {
            Expression side = open.pop();
            if (side instanceof OrExpression inner) {
                open.push(inner.getLeftExpression());
                open.push(inner.getRightExpression());
                continue;
            }
            Expression bare = bare(side);
            Truth truth = Truth.of(bare);
            String text = bare.toString();
            String opposite = opposite(bare);
            said.add(text);
            opposites.add(opposite);
            if (truth == Truth.ALWAYS || said.contains(opposite) || opposites.contains(text)) {
                return Truth.ALWAYS;
            }
            never &= truth == Truth.NEVER;
        }
        return never ? Truth.NEVER : Truth.DEPENDS;
    }

    private static Expression bare(Expression expression) {
        Expression bare = expression;
        while (bare instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            bare = list.get(0);
        }
        return bare;
    }

    private static String opposite(Expression expression) {
        if (expression instanceof IsNullExpression is) {
            return is.getLeftExpression() + (is.isNot() ? " IS NULL" : " IS NOT NULL");
        }
        if (expression instanceof InExpression in) {
            return in.getLeftExpression() + (in.isNot() ? " IN " : " NOT IN ") + in.getRightExpression();
        }
        if (expression instanceof NotExpression not) {
            return bare(not.getExpression()).toString();
        }
        if (expression instanceof ComparisonOperator comparison) {
            return comparison.getLeftExpression() + " " + opposite(comparison.getStringExpression()) + " "
                    + comparison.getRightExpression();
        }
        String text = expression.toString();
        return text.startsWith("NOT ") ? text.substring("NOT ".length()) : "NOT " + text;
    }

    private static String opposite(String operator) {
        return switch (operator) {
            case "=" -> "<>";
            case "<>" -> "=";
            case "<" -> ">=";
            case ">=" -> "<";
            case ">" -> "<=";
            case "<=" -> ">";
            default -> "NOT " + operator;
        };
    }
}
