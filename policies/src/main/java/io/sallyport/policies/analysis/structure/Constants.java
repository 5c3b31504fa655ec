package io.sallyport.policies.analysis.structure;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.CollateExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import org.jspecify.annotations.Nullable;

/** Folds numbers, texts and booleans. */
final class Constants {
    private Constants() {}

    /** null when the expression is no constant that we can fold. */
    static @Nullable Constant of(@Nullable Expression expression) {
        Expression bare = Shapes.bare(expression);
        if (bare instanceof LongValue || bare instanceof DoubleValue) {
            return Constant.number(bare.toString().strip());
        }
        if (bare instanceof StringValue value) {
            return new Constant.Text(value.getValue());
        }
        if (bare instanceof BooleanValue value) {
            return new Constant.Logical(value.getValue());
        }
        if (bare instanceof SignedExpression signed) {
            boolean minus = signed.getSign() == '-';
            boolean sign = minus || signed.getSign() == '+';
            return sign && of(signed.getExpression()) instanceof Constant.Numeric number
                    ? new Constant.Numeric(minus ? number.value().negate() : number.value())
                    : null;
        }
        if (bare instanceof CollateExpression collated) {
            return of(collated.getLeftExpression());
        }
        if (bare instanceof CastExpression cast) {
            return cast(cast);
        }
        return bare instanceof BinaryExpression binary ? fold(binary) : function(bare);
    }

    static boolean isNull(@Nullable Expression expression) {
        Expression bare = Shapes.bare(expression);
        if (bare instanceof CastExpression cast) {
            return isNull(cast.getLeftExpression());
        }
        if (Shapes.isCall(bare, "nullif")) {
            List<? extends Expression> sides = Shapes.arguments(bare);
            Integer order = sides.size() == 2 ? compare(sides.get(0), sides.get(1), Comparator.EQUAL) : null;
            return order != null && order == 0;
        }
        boolean empty =
                Shapes.isCall(bare, "coalesce") && !Shapes.arguments(bare).isEmpty();
        return bare instanceof NullValue
                || (empty && Shapes.arguments(bare).stream().allMatch(Constants::isNull));
    }

    /** Less than, equal to or greater than 0; null when one side is no constant, or their order hangs on a type. */
    static @Nullable Integer compare(Expression left, Expression right, Comparator comparator) {
        Constant a = of(left);
        Constant b = of(right);
        return a == null || b == null ? null : Constant.order(a, b, comparator);
    }

    /** The first argument of COALESCE that is not NULL; NULLIF of two that differ. */
    private static @Nullable Constant function(@Nullable Expression call) {
        List<? extends Expression> arguments = Shapes.arguments(call);
        if (Shapes.isCall(call, "coalesce")) {
            for (Expression argument : arguments) {
                if (!isNull(argument)) {
                    return of(argument);
                }
            }
        }
        if (Shapes.isCall(call, "nullif") && arguments.size() == 2) {
            Integer order = compare(arguments.get(0), arguments.get(1), Comparator.EQUAL);
            return order != null && order != 0 ? of(arguments.get(0)) : null;
        }
        return null;
    }

    /** A cast to a type that we do not know makes a value that we do not know. */
    private static @Nullable Constant cast(CastExpression cast) {
        Constant inner = of(cast.getLeftExpression());
        if (inner == null || cast.getColDataType() == null) {
            return null;
        }
        String type = cast.getColDataType().toString().toLowerCase(Locale.ROOT).replace("pg_catalog.", "");
        return switch (type) {
            case "bool", "boolean" -> logical(inner);
            case "int", "integer", "int2", "int4", "int8", "smallint", "bigint", "numeric", "decimal" ->
                inner instanceof Constant.Text text
                        ? Constant.number(text.value().strip())
                        : inner;
            case "text", "varchar" -> inner instanceof Constant.Text ? inner : null;
            case "date", "timestamp", "timestamptz" ->
                inner instanceof Constant.Text && inner.isOrdered() ? inner : null;
            default -> null;
        };
    }

    static @Nullable Constant logical(Constant constant) {
        if (constant instanceof Constant.Text text) {
            Boolean value = Constant.truth(text.value());
            return value == null ? null : new Constant.Logical(value);
        }
        return constant instanceof Constant.Numeric number
                ? new Constant.Logical(number.value().signum() != 0)
                : constant;
    }

    private static @Nullable Constant fold(BinaryExpression binary) {
        Constant left = of(binary.getLeftExpression());
        Constant right = of(binary.getRightExpression());
        String operator = binary.getStringExpression();
        if (operator.equals("||") && left instanceof Constant.Text a && right instanceof Constant.Text b) {
            return new Constant.Text(a.value() + b.value());
        }
        if (!(left instanceof Constant.Numeric a) || !(right instanceof Constant.Numeric b)) {
            return null;
        }
        return switch (operator) {
            case "+" -> new Constant.Numeric(a.value().add(b.value()));
            case "-" -> new Constant.Numeric(a.value().subtract(b.value()));
            case "*" -> new Constant.Numeric(a.value().multiply(b.value()));
            case "/" -> divided(a.value(), b.value());
            case "%" ->
                b.value().signum() == 0 ? null : new Constant.Numeric(a.value().remainder(b.value()));
            default -> null;
        };
    }

    /** Of whole numbers the server cuts, so only what goes without remainder is sure. */
    private static @Nullable Constant divided(BigDecimal a, BigDecimal b) {
        boolean even = b.signum() != 0 && a.remainder(b).signum() == 0;
        return even ? new Constant.Numeric(a.divideToIntegralValue(b)) : null;
    }
}
