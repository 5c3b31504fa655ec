package io.sallyport.policies.analysis.structure;

import java.util.HashMap;
import java.util.Map;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/**
 * Looks at single conditions of a statement with JSqlParser. All texts are canonical. Its answer can only make a reading stricter; a text that it
 * cannot parse keeps the reading of the tokens.
 */
public final class Structure {
    private final ParserBudget budget;
    private final Relations relations;
    private final Relations witness;

    /**
     * @param visible the name by which the statement's conditions call the target
     * @param others what USING or FROM lists beside it; empty when there is nothing
     * @param ctes the queries in WITH, by name
     */
    public Structure(
            ParserBudget budget,
            @Nullable String schema,
            String table,
            String visible,
            String others,
            Map<String, String> ctes) {
        this.budget = budget;
        Tables tables = new Tables(schema, table, queries(ctes));
        this.relations = level(tables, visible, others, false);
        this.witness = level(tables, visible, others, true);
    }

    private Map<String, Select> queries(Map<String, String> ctes) {
        Map<String, Select> queries = new HashMap<>();
        ctes.forEach((name, body) -> {
            if (parsed("( " + body + " )") instanceof Select query) {
                queries.put(name, query);
            }
        });
        return queries;
    }

    private Relations level(Tables tables, String visible, String others, boolean witnessed) {
        Relations level = new Relations(tables, witnessed);
        boolean joined = !others.isEmpty();
        if (joined
                && parsed("( SELECT 1 FROM " + others + " )") instanceof Select query
                && Queries.bare(query) instanceof PlainSelect select) {
            Queries.see(select.getFromItem(), select.getJoins(), level);
        }
        level.see(visible, Relations.Kind.TARGET);
        return level;
    }

    /** Whether the statement joins its target with the same table. */
    public boolean joinsItself() {
        return relations.hasMirror();
    }

    /**
     * One condition. Where the budget is spent nobody has looked at it: it counts as one that may hold for all rows.
     *
     * @param varies whether it names a column of the target as far as the tokens tell, for a text that the parser cannot read
     * @param itself whether the same table beside the target is taken for the target's own row
     */
    public Formula formula(String condition, boolean varies, boolean itself) {
        if (!budget.allows(condition)) {
            return Formula.opaque(condition, false);
        }
        Expression expression = Parser.expression(condition);
        return expression == null
                ? Formula.opaque(condition, varies)
                : Conditions.of(expression, itself ? witness : relations);
    }

    private @Nullable Expression parsed(String text) {
        return budget.allows(text) ? Parser.expression(text) : null;
    }
}
