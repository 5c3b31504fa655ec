package io.sallyport.policies.analysis.structure;

import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.RowConstructor;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import org.jspecify.annotations.Nullable;

/** What an expression of the parser's is, apart from how it is written. */
final class Shapes {
    private Shapes() {}

    /** Without the parentheses around it. */
    static @Nullable Expression bare(@Nullable Expression expression) {
        Expression bare = expression;
        while (bare instanceof ParenthesedExpressionList<?> list
                && list.size() == 1
                && !(bare instanceof RowConstructor)) {
            bare = list.get(0);
        }
        return bare;
    }

    private static @Nullable Expression uncast(@Nullable Expression expression) {
        Expression plain = bare(expression);
        while (plain instanceof CastExpression cast) {
            plain = bare(cast.getLeftExpression());
        }
        return plain;
    }

    /** {@code '{}'}, {@code ARRAY[]}: in whatever array or object. */
    static boolean isEmptyCollection(@Nullable Expression expression) {
        Expression plain = uncast(expression);
        return (plain instanceof StringValue text && text.getValue().matches("\\s*\\{\\s*\\}\\s*"))
                || (plain instanceof ArrayConstructor array
                        && array.getExpressions().isEmpty());
    }

    /** {@code '(,)'}, {@code tstzrange(NULL, NULL)}. */
    static boolean isEndlessRange(@Nullable Expression expression) {
        Expression plain = uncast(expression);
        List<? extends Expression> ends = arguments(plain);
        return (plain instanceof StringValue text && text.getValue().matches("\\s*[\\[(]\\s*,\\s*[\\])]\\s*"))
                || (callee(plain).endsWith("range")
                        && ends.size() >= 2
                        && ends.stream().limit(2).allMatch(Constants::isNull));
    }

    /** A call of that built-in, perhaps with its schema. */
    static boolean isCall(@Nullable Expression expression, String name) {
        return name.equals(callee(expression));
    }

    /** The name of the function that is called, in lower case and without pg_catalog; empty for anything but a call. */
    static String callee(@Nullable Expression expression) {
        // A function in FROM is one for the parser too, and has no name of its own.
        String given = expression instanceof Function function ? function.getName() : null;
        if (given == null) {
            return "";
        }
        String name = given.toLowerCase(Locale.ROOT);
        return name.startsWith("pg_catalog.") ? name.substring("pg_catalog.".length()) : name;
    }

    static List<? extends Expression> arguments(@Nullable Expression call) {
        ExpressionList<?> parameters = call instanceof Function function ? function.getParameters() : null;
        return parameters == null ? List.of() : parameters;
    }

    /** The parts of {@code (a, b)} and {@code ROW(a, b)}; null for what is no row. */
    static @Nullable List<? extends Expression> row(@Nullable Expression expression) {
        if (isCall(expression, "row")) {
            return arguments(expression);
        }
        boolean several = expression instanceof ParenthesedExpressionList<?> list && list.size() > 1;
        return expression instanceof RowConstructor<?> || several ? (ExpressionList<?>) expression : null;
    }
}
