package io.sallyport.policies.analysis.structure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.UnionOp;
import net.sf.jsqlparser.statement.select.Values;
import org.jspecify.annotations.Nullable;

/**
 * Whether a query gives a row, and whether it gives a row with a value. A query over the target's own table gives at least the row in question
 * when its condition lets that row through: the row is its own witness.
 */
final class Existence {
    private Existence() {}

    static Formula of(@Nullable Expression exists, Relations relations) {
        Expression bare = Shapes.bare(exists);
        Select query = bare instanceof Select select ? Queries.bare(select) : null;
        if (query == null) {
            return Formula.opaque(String.valueOf(exists), true);
        }
        relations.tables().learn(query);
        if (query instanceof Values) {
            return Truth.TRUE;
        }
        boolean unions = query instanceof SetOperationList set
                && Queries.isUncut(set)
                && set.getOperations().stream().allMatch(operation -> operation instanceof UnionOp);
        if (unions && query instanceof SetOperationList set) {
            return Formula.any(set.getSelects().stream()
                    .map(select -> of(select, relations))
                    .toList());
        }
        Formula known = query instanceof PlainSelect plain ? rows(plain, relations, true) : null;
        return known != null ? known : Formula.opaque("EXISTS " + query, Queries.existenceVaries(query, relations));
    }

    private static @Nullable Formula rows(PlainSelect select, Relations relations, boolean aggregated) {
        if (Queries.isEmpty(select, relations)) {
            return Truth.FALSE;
        }
        if (select.getOffset() != null || select.getHaving() != null || select.getFetch() != null) {
            return null;
        }
        if (aggregated && Queries.isAggregate(select)) {
            return Truth.TRUE;
        }
        Relations level = Queries.level(select, relations, relations.isWitness());
        if (select.getFromItem() == null) {
            return select.getWhere() == null ? Truth.TRUE : Conditions.of(select.getWhere(), level);
        }
        if (isNever(select, level)) {
            return Truth.FALSE;
        }
        Verdict verdict = witness(select, relations, null);
        if (verdict != Verdict.DEPENDS) {
            return let(verdict, select);
        }
        boolean single = select.getJoins() == null && select.getWhere() == null;
        FromItem from = select.getFromItem();
        return single && from instanceof Select inner ? of(inner, relations) : null;
    }

    private static boolean isNever(PlainSelect select, Relations level) {
        return select.getWhere() != null
                && Tautology.judge(Conditions.of(select.getWhere(), level).not()) == Verdict.ALWAYS;
    }

    /** What of the target's rows is found when each is looked for in the query itself. */
    private static Verdict witness(PlainSelect select, Relations relations, @Nullable Expression value) {
        Relations level = Queries.level(select, relations, true);
        if (!level.hasOnlyMirrors()) {
            return Verdict.DEPENDS;
        }
        List<Formula> parts = new ArrayList<>();
        if (select.getWhere() != null) {
            parts.add(Conditions.of(select.getWhere(), level));
        }
        if (value != null) {
            parts.add(Formula.known(terms(parts(value), relations).equals(terms(items(select), level))));
        }
        return Tautology.judge(Formula.all(parts));
    }

    private static Formula let(Verdict verdict, Select select) {
        return verdict == Verdict.ALWAYS ? Truth.TRUE : Formula.opaque("EXISTS " + select, false);
    }

    /** Whether the value is among what the query gives. */
    static Formula contains(Expression value, Select query, Relations relations) {
        Select bare = Queries.bare(query);
        if (bare != null) {
            relations.tables().learn(bare);
        }
        if (bare instanceof SetOperationList set
                && Queries.isUncut(set)
                && set.getOperations().stream().allMatch(operation -> operation instanceof UnionOp)) {
            return Formula.any(set.getSelects().stream()
                    .map(select -> contains(value, select, relations))
                    .toList());
        }
        if (bare instanceof Values values) {
            return Formula.any(values.getExpressions().stream()
                    .map(row -> Comparisons.of(Comparator.EQUAL, value, row, relations))
                    .toList());
        }
        Formula known = bare instanceof PlainSelect plain ? given(value, plain, relations) : null;
        Term wanted = Terms.of(value, relations);
        return known != null
                ? known
                : Formula.opaque(wanted.text() + " IN " + query, wanted.varies() || Queries.vary(query, relations));
    }

    private static @Nullable Formula given(Expression value, PlainSelect select, Relations relations) {
        if (Queries.isEmpty(select, relations)) {
            return Truth.FALSE;
        }
        boolean all = Queries.isUncut(select) && select.getHaving() == null && !Queries.isAggregate(select);
        boolean on = select.getDistinct() != null && select.getDistinct().getOnSelectItems() != null;
        if (!all || on) {
            return null;
        }
        Relations level = Queries.level(select, relations, relations.isWitness());
        if (isNever(select, level)) {
            return Truth.FALSE;
        }
        if (select.getFromItem() == null) {
            List<? extends Expression> wanted = parts(value);
            List<? extends Expression> given = items(select);
            List<Formula> each = new ArrayList<>();
            for (int i = 0; i < Math.min(wanted.size(), given.size()); i++) {
                each.add(Comparisons.of(Comparator.EQUAL, wanted.get(i), given.get(i), level));
            }
            Formula equal = Formula.all(each);
            return select.getWhere() == null
                    ? equal
                    : Formula.all(List.of(equal, Conditions.of(select.getWhere(), level)));
        }
        if (terms(parts(value), relations).equals(terms(items(select), level))) {
            // The row's own value: as long as there is a row at all.
            return of(select, relations);
        }
        Verdict verdict = witness(select, relations, value);
        return verdict == Verdict.DEPENDS ? null : let(verdict, select);
    }

    /** {@code (SELECT count(*) …) > 0} and its like, which say whether there is a row; null for any other comparison. */
    static @Nullable Formula counted(Comparator comparator, Expression left, Expression right, Relations relations) {
        boolean counts = left instanceof Select query
                && Queries.bare(query) instanceof PlainSelect plain
                && Queries.counts(plain)
                && Constants.of(right) instanceof Constant.Numeric;
        if (!counts || !(Constants.of(right) instanceof Constant.Numeric number)) {
            return null;
        }
        boolean none = comparator.holds(BigDecimal.ZERO.compareTo(number.value()));
        boolean one = comparator.holds(BigDecimal.ONE.compareTo(number.value()));
        boolean many = comparator.holds(1);
        boolean only = number.value().compareTo(BigDecimal.ONE) > 0 || one != many;
        if (only || none == one) {
            return !only && none ? Truth.TRUE : null;
        }
        Formula rows = uncounted((Select) left, relations);
        return rows == null ? null : one ? rows : rows.not();
    }

    private static @Nullable Formula uncounted(Select counting, Relations relations) {
        return Queries.bare(counting) instanceof PlainSelect plain && plain.getFromItem() != null
                ? rows(plain, relations, false)
                : null;
    }

    private static List<? extends Expression> parts(Expression value) {
        List<? extends Expression> row = Shapes.row(Shapes.bare(value));
        return row == null ? List.of(value) : row;
    }

    private static List<? extends Expression> items(PlainSelect select) {
        return select.getSelectItems().stream().map(SelectItem::getExpression).toList();
    }

    private static List<Term> terms(List<? extends Expression> parts, Relations level) {
        return parts.stream().map(part -> Terms.of(part, level)).toList();
    }

    /** A query as a condition: NULL when it gives no row. */
    static Formula value(Select query, Relations relations) {
        boolean plain = Queries.bare(query) instanceof PlainSelect select
                && select.getFromItem() == null
                && select.getSelectItems().size() == 1
                && Queries.isUncut(select);
        if (plain && Queries.bare(query) instanceof PlainSelect select) {
            Formula row = of(select, relations);
            return Formula.all(List.of(row, Conditions.of(items(select).get(0), relations)));
        }
        return Formula.opaque(String.valueOf(query), Queries.vary(query, relations));
    }
}
