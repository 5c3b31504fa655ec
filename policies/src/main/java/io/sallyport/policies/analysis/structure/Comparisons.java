package io.sallyport.policies.analysis.structure;

import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;

/** {@code =}, {@code <} and their kin. */
final class Comparisons {
    private Comparisons() {}

    static Formula of(Comparator comparator, Expression first, Expression second, Relations relations) {
        Expression left = value(first);
        Expression right = value(second);
        if (Constants.isNull(left) || Constants.isNull(right)) {
            return Truth.NULL;
        }
        Formula quantified = Quantified.of(comparator, left, right, relations);
        if (quantified != null) {
            return quantified;
        }
        List<? extends Expression> leftRow = Shapes.row(left);
        List<? extends Expression> rightRow = Shapes.row(right);
        if (leftRow != null && rightRow != null && leftRow.size() == rightRow.size() && !comparator.ordering()) {
            return rows(comparator, leftRow, rightRow, relations);
        }
        Formula counted = left instanceof Select
                ? Existence.counted(comparator, left, right, relations)
                : Existence.counted(comparator.turned(), right, left, relations);
        if (counted != null) {
            return counted;
        }
        if (right instanceof Select query && comparator == Comparator.EQUAL) {
            return Existence.contains(left, query, relations);
        }
        return simple(comparator, left, right, relations);
    }

    /** {@code (SELECT x)} without more is x. */
    private static Expression value(Expression expression) {
        Expression bare = Shapes.bare(expression);
        boolean plain = bare instanceof Select query
                && Queries.bare(query) instanceof PlainSelect select
                && select.getFromItem() == null
                && select.getWhere() == null
                && select.getHaving() == null
                && select.getSelectItems().size() == 1
                && Queries.isUncut(select);
        if (plain && Queries.bare((Select) bare) instanceof PlainSelect select) {
            return value(select.getSelectItem(0).getExpression());
        }
        return bare == null ? expression : bare;
    }

    private static Formula rows(
            Comparator comparator,
            List<? extends Expression> left,
            List<? extends Expression> right,
            Relations relations) {
        List<Formula> parts = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            parts.add(of(Comparator.EQUAL, left.get(i), right.get(i), relations));
        }
        Formula equal = Formula.all(parts);
        return comparator == Comparator.EQUAL ? equal : equal.not();
    }

    private static Formula simple(Comparator comparator, Expression left, Expression right, Relations relations) {
        Term a = Terms.of(left, relations);
        Term b = Terms.of(right, relations);
        if (a.text().equals(b.text())) {
            return Formula.known(comparator.holds(0));
        }
        Constant leftConstant = Constants.of(left);
        Constant rightConstant = Constants.of(right);
        if (leftConstant != null && rightConstant != null) {
            Integer order = Constant.order(leftConstant, rightConstant, comparator);
            return order == null
                    ? Formula.opaque(a.text() + comparator + b.text(), false)
                    : Formula.known(comparator.holds(order));
        }
        if (rightConstant != null) {
            return withConstant(comparator, left, a, rightConstant, relations);
        }
        if (leftConstant != null) {
            return withConstant(comparator.turned(), right, b, leftConstant, relations);
        }
        boolean turned = a.text().compareTo(b.text()) > 0;
        String subject = turned ? b.text() + " ? " + a.text() : a.text() + " ? " + b.text();
        int mask = (turned ? comparator.turned() : comparator).mask();
        return new Formula.Fact(subject, mask, 3, a.varies() || b.varies());
    }

    private static Formula withConstant(
            Comparator comparator, Expression side, Term term, Constant constant, Relations relations) {
        if (constant instanceof Constant.Logical logical && !comparator.ordering()) {
            Formula condition = Conditions.of(side, relations);
            return (comparator == Comparator.EQUAL) == logical.value() ? condition : condition.not();
        }
        Integer possible = Ranges.mask(side, constant);
        if (possible != null) {
            boolean reached = (comparator.mask() & possible) == possible;
            if (reached || (comparator.mask() & possible) == 0) {
                return Formula.known(reached);
            }
        }
        if (constant.isOrdered() || !comparator.ordering()) {
            return new Formula.Bound(term.text() + " ? " + constant.group(), comparator, constant, term.varies());
        }
        return new Formula.Fact(term.text() + " ? " + constant, comparator.mask(), 3, term.varies());
    }
}
