package io.sallyport.policies.analysis.structure;

import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.RowConstructor;
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

    /** A call of that built-in, perhaps with its schema. */
    static boolean isCall(@Nullable Expression expression, String name) {
        return name.equals(callee(expression));
    }

    /** The name of the function that is called, in lower case and without pg_catalog; empty for anything but a call. */
    static String callee(@Nullable Expression expression) {
        if (!(expression instanceof Function function)) {
            return "";
        }
        String name = function.getName().toLowerCase(Locale.ROOT);
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
