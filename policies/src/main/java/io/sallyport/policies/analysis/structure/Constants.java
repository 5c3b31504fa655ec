package io.sallyport.policies.analysis.structure;

import java.math.BigDecimal;
import java.util.Locale;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import org.jspecify.annotations.Nullable;

/** Folds numbers, strings and booleans. */
final class Constants {
    /** Longer numbers are not worth folding. */
    private static final int LONGEST_NUMBER = 40;

    private Constants() {}

    /** A BigDecimal, String or Boolean; null when the expression is no constant that we can fold. */
    static @Nullable Object of(@Nullable Expression expression) {
        if (expression instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return of(list.get(0));
        }
        if (expression instanceof LongValue || expression instanceof DoubleValue) {
            return number(expression.toString());
        }
        if (expression instanceof StringValue value) {
            return value.getValue();
        }
        if (expression instanceof BooleanValue value) {
            return value.getValue();
        }
        if (expression instanceof SignedExpression signed) {
            Object value = of(signed.getExpression());
            return value instanceof BigDecimal number ? signed.getSign() == '-' ? number.negate() : number : null;
        }
        if (expression instanceof CastExpression cast) {
            return of(cast.getLeftExpression());
        }
        return expression instanceof BinaryExpression binary ? fold(binary) : null;
    }

    /** Less than, equal to or greater than 0; null when one side is no constant, or they are not of one type. */
    static @Nullable Integer compare(Expression left, Expression right) {
        Object a = of(left);
        Object b = of(right);
        if (a instanceof BigDecimal number && b != null) {
            BigDecimal other = b instanceof BigDecimal value ? value : number(b.toString());
            return other == null ? null : number.compareTo(other);
        }
        if (b instanceof BigDecimal && a instanceof String) {
            Integer turned = compare(right, left);
            return turned == null ? null : -turned;
        }
        if (a instanceof String text && b instanceof String other) {
            return text.compareTo(other);
        }
        return a instanceof Boolean value && b instanceof Boolean other ? value.compareTo(other) : null;
    }

    private static @Nullable Object fold(BinaryExpression binary) {
        Object left = of(binary.getLeftExpression());
        Object right = of(binary.getRightExpression());
        if (binary.getStringExpression().equals("||") && left instanceof String a && right instanceof String b) {
            return a + b;
        }
        if (!(left instanceof BigDecimal a) || !(right instanceof BigDecimal b)) {
            return null;
        }
        return switch (binary.getStringExpression()) {
            case "+" -> a.add(b);
            case "-" -> a.subtract(b);
            case "*" -> a.multiply(b);
            default -> null;
        };
    }

    private static @Nullable BigDecimal number(String text) {
        try {
            return text.length() > LONGEST_NUMBER
                            || text.toLowerCase(Locale.ROOT).contains("e")
                    ? null
                    : new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
