package io.sallyport.policies.analysis.structure;

import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.AnyType;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/** {@code = ANY (…)}, {@code <> ALL (…)} over a query or an array. */
final class Quantified {
    private Quantified() {}

    /** null when the right side is not quantified. */
    static @Nullable Formula of(Comparator comparator, Expression left, Expression right, Relations relations) {
        if (right instanceof AnyComparisonExpression quantified) {
            return overQuery(
                    comparator, left, quantified.getSelect(), quantified.getAnyType() == AnyType.ALL, relations);
        }
        boolean any = Shapes.isCall(right, "any") || Shapes.isCall(right, "some");
        boolean all = Shapes.isCall(right, "all");
        if ((!any && !all) || Shapes.arguments(right).size() != 1) {
            return null;
        }
        Expression array = uncast(Shapes.arguments(right).get(0));
        Select query = query(array);
        if (query != null) {
            return overQuery(comparator, left, query, all, relations);
        }
        List<Expression> items = items(array);
        if (items == null) {
            Term term = Terms.of(left, relations);
            Term list = Terms.of(right, relations);
            return Formula.opaque(term.text() + comparator + list.text(), term.varies() || list.varies());
        }
        List<Formula> each = new ArrayList<>();
        items.forEach(item -> each.add(Comparisons.of(comparator, left, item, relations)));
        return all ? Formula.all(each) : Formula.any(each);
    }

    private static Formula overQuery(
            Comparator comparator, Expression left, Select query, boolean all, Relations relations) {
        if (!all && comparator == Comparator.EQUAL) {
            return Existence.contains(left, query, relations);
        }
        if (all && comparator == Comparator.UNEQUAL) {
            return Existence.contains(left, query, relations).not();
        }
        // Over no row at all ALL is true, and ANY false. Whether another table is empty the text does not tell.
        Formula rows = Existence.of(query, relations);
        Term term = Terms.of(left, relations);
        Formula compared =
                Formula.opaque(term.text() + comparator + all + query, term.varies() || Queries.vary(query, relations));
        if (!(rows instanceof Truth)) {
            return compared;
        }
        return all ? Formula.any(List.of(rows.not(), compared)) : Formula.all(List.of(rows, compared));
    }

    private static Expression uncast(Expression expression) {
        Expression bare = Shapes.bare(expression);
        while (bare instanceof CastExpression cast) {
            bare = Shapes.bare(cast.getLeftExpression());
        }
        return bare == null ? expression : bare;
    }

    /** The query in {@code ARRAY(SELECT …)}. */
    private static @Nullable Select query(Expression array) {
        if (array instanceof Select select) {
            return select;
        }
        boolean built = Shapes.isCall(array, "array") && Shapes.arguments(array).size() == 1;
        return built && Shapes.arguments(array).get(0) instanceof Select select ? select : null;
    }

    private static @Nullable List<Expression> items(Expression array) {
        if (array instanceof ArrayConstructor constructor) {
            return List.copyOf(constructor.getExpressions());
        }
        if (!(array instanceof StringValue text) || !text.getValue().matches("\\{[^{}\"\\\\]*}")) {
            return null;
        }
        String inside = text.getValue().substring(1, text.getValue().length() - 1);
        List<Expression> items = new ArrayList<>();
        if (!inside.isBlank()) {
            for (String item : inside.split(",", -1)) {
                items.add(new StringValue(item.strip()));
            }
        }
        return items;
    }
}
