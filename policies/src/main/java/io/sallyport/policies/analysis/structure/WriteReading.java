package io.sallyport.policies.analysis.structure;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.update.Update;
import org.jspecify.annotations.Nullable;

/**
 * What JSqlParser makes of an UPDATE or DELETE, to be compared with what the tokens say.
 *
 * @param kind {@code update}, {@code delete}, or what else it takes it for
 * @param table null when it finds none
 */
public record WriteReading(
        String kind, @Nullable String schema, @Nullable String table, boolean where) {
    /** null when it cannot parse the statement: that alone says nothing. */
    public static @Nullable WriteReading of(String canonical, ParserBudget budget) {
        Statement statement = budget.allows(canonical) ? Parser.statement(canonical) : null;
        if (statement instanceof Delete delete) {
            return of("delete", delete.getTable(), delete.getWhere());
        }
        if (statement instanceof Update update) {
            return of("update", update.getTable(), update.getWhere());
        }
        String other = statement == null ? "" : statement.getClass().getSimpleName();
        return statement == null ? null : new WriteReading(other, null, null, false);
    }

    private static WriteReading of(String kind, @Nullable Table table, @Nullable Expression where) {
        return table == null
                ? new WriteReading(kind, null, null, where != null)
                : new WriteReading(kind, table.getSchemaName(), table.getName(), where != null);
    }
}
