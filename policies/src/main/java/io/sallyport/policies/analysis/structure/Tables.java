package io.sallyport.policies.analysis.structure;

import java.util.HashMap;
import java.util.Map;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/** The table that a statement writes, and the CTEs that its queries may read. */
final class Tables {
    private final @Nullable String schema;
    private final String name;
    private final Map<String, Select> ctes;

    Tables(@Nullable String schema, String name, Map<String, Select> ctes) {
        this.schema = schema;
        this.name = name;
        this.ctes = new HashMap<>(ctes);
    }

    /** A name without schema may be the same table as one with. */
    boolean isTarget(Table table) {
        String other = table.getSchemaName();
        return table.getName().equals(name) && (schema == null || other == null || schema.equals(other));
    }

    @Nullable
    Select cte(Table table) {
        return table.getSchemaName() == null ? ctes.get(table.getName()) : null;
    }

    /** With the CTEs of a query's own. */
    void learn(Select select) {
        if (select.getWithItemsList() != null) {
            for (WithItem<?> item : select.getWithItemsList()) {
                if (item.getParenthesedStatement() instanceof Select body) {
                    ctes.put(item.getAliasName(), body);
                }
            }
        }
    }
}
