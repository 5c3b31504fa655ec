package io.sallyport.policies.analysis.structure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.jspecify.annotations.Nullable;

/** {@code (SELECT id AS k FROM t) s (j)}: what a query that passes on a table's rows calls their columns. */
final class Renames {
    private static final int DEEPEST = 10;

    private Renames() {}

    /** The table's names of its columns, by those in {@code item}, where the two differ. */
    static Map<String, String> of(@Nullable FromItem item, Tables tables) {
        return of(item, tables, 0);
    }

    private static Map<String, String> of(@Nullable FromItem item, Tables tables, int depth) {
        Select query = item instanceof Table table ? tables.cte(table) : item instanceof Select select ? select : null;
        if (depth > DEEPEST || !(Queries.bare(query) instanceof PlainSelect select)) {
            return Map.of();
        }
        Map<String, String> inner = of(select.getFromItem(), tables, depth + 1);
        Map<String, String> names = new HashMap<>();
        List<SelectItem<?>> items = select.getSelectItems();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).getExpression() instanceof Column column) {
                String name = column.getColumnName();
                names.put(visible(item, items.get(i), i, name), inner.getOrDefault(name, name));
            } else {
                names.putAll(inner);
            }
        }
        return names;
    }

    private static String visible(@Nullable FromItem item, SelectItem<?> column, int place, String name) {
        Alias alias = item == null ? null : item.getAlias();
        List<Alias.AliasColumn> listed = alias == null ? null : alias.getAliasColumns();
        if (listed != null && place < listed.size()) {
            return listed.get(place).name;
        }
        return column.getAlias() == null ? name : column.getAlias().getName();
    }
}
