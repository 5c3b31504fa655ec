package io.sallyport.policies.analysis.structure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.Fetch;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.Values;
import org.jspecify.annotations.Nullable;

/** What a query reads from: which of its relations are the target's table whole, and whether it names columns of the target's row. */
final class Queries {
    private static final Set<String> AGGREGATES = Set.of(
            "array_agg",
            "avg",
            "bit_and",
            "bit_or",
            "bool_and",
            "bool_or",
            "count",
            "every",
            "json_agg",
            "json_object_agg",
            "jsonb_agg",
            "jsonb_object_agg",
            "max",
            "min",
            "stddev",
            "string_agg",
            "sum",
            "variance");

    private static final int DEEPEST = 10;

    /** A LIMIT that no table reaches. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    private Queries() {}

    static @Nullable Select bare(@Nullable Select select) {
        Select bare = select;
        while (bare instanceof ParenthesedSelect outer && isUncut(outer)) {
            bare = outer.getSelect();
        }
        return bare;
    }

    /** Whether all of its rows are given, as far as LIMIT and its kin go. OFFSET 0 leaves nothing out, nor does a limit beyond every table. */
    static boolean isUncut(Select select) {
        Expression limit = select.getLimit() == null ? null : select.getLimit().getRowCount();
        Expression offset =
                select.getOffset() == null ? null : select.getOffset().getOffset();
        Fetch fetch = select.getFetch();
        boolean fetched = fetch == null
                || isUnlimited(fetch.getExpression())
                || fetch.getFetchParameters().stream().anyMatch(word -> word.contains("TIES"));
        return (limit == null || isUnlimited(limit)) && (offset == null || isNumber(offset, 0)) && fetched;
    }

    private static boolean isUnlimited(@Nullable Expression count) {
        boolean most = Constants.of(count) instanceof Constant.Numeric number
                && number.value().compareTo(MOST) >= 0;
        return count instanceof AllValue || (count != null && Constants.isNull(count)) || most;
    }

    private static boolean isNumber(@Nullable Expression count, int value) {
        return Constants.of(count) instanceof Constant.Numeric number
                && number.value().compareTo(BigDecimal.valueOf(value)) == 0;
    }

    /** Whether its LIMIT or HAVING leaves nothing. */
    static boolean isEmpty(PlainSelect select, Relations outer) {
        boolean none = (select.getLimit() != null && isNumber(select.getLimit().getRowCount(), 0))
                || (select.getFetch() != null && isNumber(select.getFetch().getExpression(), 0));
        return none
                || (select.getHaving() != null
                        && Tautology.judge(
                                        Conditions.of(select.getHaving(), outer).not())
                                == Verdict.ALWAYS);
    }

    /** An aggregate without GROUP BY gives one row, whatever there is to aggregate. */
    static boolean isAggregate(PlainSelect select) {
        return select.getGroupBy() == null
                && select.getSelectItems().stream()
                        .anyMatch(item -> AGGREGATES.contains(Shapes.callee(item.getExpression())));
    }

    /** {@code SELECT count(*)} of all that the query finds. */
    static boolean counts(PlainSelect select) {
        return select.getGroupBy() == null
                && select.getSelectItems().size() == 1
                && select.getSelectItem(0).getExpression() instanceof Function function
                && Shapes.isCall(function, "count")
                && (function.getParameters() == null || function.getParameters().get(0) instanceof AllColumns);
    }

    /** The level inside a query, with all that its FROM clause brings. */
    static Relations level(PlainSelect select, Relations outer, boolean witness) {
        Relations level = outer.inner(witness);
        see(select.getFromItem(), select.getJoins(), level);
        return level;
    }

    static void see(@Nullable FromItem first, @Nullable List<Join> joins, Relations level) {
        boolean kept = true;
        if (joins != null) {
            for (Join join : joins) {
                boolean plain = join.isSimple() || join.isCross() || join.isLeft();
                kept &= plain;
            }
        }
        item(first, level, kept);
        if (joins != null) {
            for (Join join : joins) {
                item(join.getFromItem(), level, kept && !join.isLeft());
            }
        }
    }

    private static void item(@Nullable FromItem item, Relations level, boolean kept) {
        if (item instanceof ParenthesedFromItem group && group.getAlias() == null) {
            item(group.getFromItem(), level, false);
            if (group.getJoins() != null) {
                group.getJoins().forEach(join -> item(join.getFromItem(), level, false));
            }
            return;
        }
        String name = visibleName(item);
        if (name != null) {
            if (kept && isWholeTarget(item, level, 0)) {
                level.mirror(name, Renames.of(item, level.tables()));
            } else {
                level.see(name, Relations.Kind.OTHER);
            }
        }
    }

    private static @Nullable String visibleName(@Nullable FromItem item) {
        if (item == null) {
            return null;
        }
        if (item.getAlias() != null) {
            return item.getAlias().getName();
        }
        return item instanceof Table table ? table.getName() : "?" + item;
    }

    /** The target's table, or a query that passes all of its rows on under their names. A CTE may name itself. */
    private static boolean isWholeTarget(@Nullable FromItem item, Relations level, int depth) {
        if (item == null || item.getSampleClause() != null || depth > DEEPEST) {
            return false;
        }
        Select query =
                item instanceof Table table ? level.tables().cte(table) : item instanceof Select select ? select : null;
        if (query == null) {
            return item instanceof Table table && level.tables().isTarget(table);
        }
        if (!(bare(query) instanceof PlainSelect select) || !isUncut(select) || isAggregate(select)) {
            return false;
        }
        boolean whole = select.getJoins() == null
                && select.getHaving() == null
                && select.getGroupBy() == null
                && select.getDistinct() == null
                && select.getSelectItems().stream().allMatch(Queries::isColumn)
                && isWholeTarget(select.getFromItem(), level, depth + 1);
        return whole && Conditions.judge(select.getWhere(), level(select, level, true)) == Verdict.ALWAYS;
    }

    private static boolean isColumn(SelectItem<?> item) {
        return item.getExpression() instanceof AllColumns || item.getExpression() instanceof Column;
    }

    /** Whether a query names a column that is, or may be, one of the row that is written. */
    static boolean vary(@Nullable Select query, Relations outer) {
        return vary(query, outer, true);
    }

    /** As far as it matters to EXISTS, which does not look at the columns. */
    static boolean existenceVaries(Select query, Relations outer) {
        return vary(query, outer, false);
    }

    private static boolean vary(@Nullable Select query, Relations outer, boolean columns) {
        if (query == null) {
            return false;
        }
        outer.tables().learn(query);
        boolean inWith = query.getWithItemsList() != null
                && query.getWithItemsList().stream()
                        .anyMatch(
                                item -> !(item.getParenthesedStatement() instanceof Select body) || vary(body, outer));
        if (inWith) {
            return true;
        }
        if (query instanceof ParenthesedSelect parenthesed) {
            return vary(parenthesed.getSelect(), outer, columns);
        }
        if (query instanceof SetOperationList set) {
            return set.getSelects().stream().anyMatch(select -> vary(select, outer, columns));
        }
        if (query instanceof Values values) {
            return values.getExpressions().stream()
                    .anyMatch(value -> Terms.of(value, outer).varies());
        }
        return !(query instanceof PlainSelect plain) || varies(plain, outer, columns);
    }

    private static boolean varies(PlainSelect select, Relations outer, boolean columns) {
        Relations level = level(select, outer, false);
        List<@Nullable Expression> parts = new ArrayList<>();
        if (columns) {
            select.getSelectItems().forEach(item -> parts.add(item.getExpression()));
        }
        parts.add(select.getWhere());
        parts.add(select.getHaving());
        boolean varies = fromVaries(select.getFromItem(), outer);
        if (select.getJoins() != null) {
            for (Join join : select.getJoins()) {
                parts.addAll(join.getOnExpressions());
                varies |= fromVaries(join.getFromItem(), outer);
            }
        }
        return varies || parts.stream().anyMatch(part -> Terms.of(part, level).varies());
    }

    private static boolean fromVaries(@Nullable FromItem item, Relations outer) {
        return item instanceof Expression expression
                && Terms.of(expression, outer).varies();
    }
}
