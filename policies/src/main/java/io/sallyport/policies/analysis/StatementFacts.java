package io.sallyport.policies.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one statement says.
 *
 * @param statementClass the worst of the statement and its {@code nested} writes
 * @param tables targets first, then those that are read
 * @param objects what it creates, alters or drops, tables too
 * @param where for UPDATE and DELETE; null where it has no meaning
 * @param cascade whether it also drops or empties what depends on its objects
 * @param functions called by name, schema and name where the text has both
 * @param settings configuration parameters that it changes
 * @param nested the writes inside that run with it: in a CTE, behind EXPLAIN ANALYZE or PREPARE, in COPY (…), the actions of a MERGE, a DO
 *     block, …
 * @param deferred writes that it names and does not run: of a function's body, a rule's action, an EXPLAIN without ANALYZE
 * @param transactional whether the server lets it run inside a transaction block
 * @param unreadable why, when the kind is {@link StatementKind#UNREADABLE}
 * @param disagreement where the parser that looks at structure saw something else than the tokens say; the stricter reading counts
 * @param preparedName the name that PREPARE, EXECUTE or DEALLOCATE gives, also of an EXECUTE inside EXPLAIN or CREATE TABLE AS; null for
 *     DEALLOCATE ALL
 * @param copyFromClient COPY … FROM STDIN: the client sends data next
 * @param start first byte in the string
 * @param end first byte behind the statement, its semicolon not included
 * @param text the statement as UTF-8, undecodable bytes replaced
 */
public record StatementFacts(
        StatementKind kind,
        StatementClass statementClass,
        boolean destructive,
        List<TableName> tables,
        List<ObjectName> objects,
        @Nullable Where where,
        boolean cascade,
        List<String> functions,
        List<SettingChange> settings,
        List<StatementFacts> nested,
        List<StatementFacts> deferred,
        boolean transactional,
        @Nullable String unreadable,
        @Nullable String disagreement,
        @Nullable String preparedName,
        boolean copyFromClient,
        int start,
        int end,
        String text) {
    public StatementFacts {
        tables = List.copyOf(tables);
        objects = List.copyOf(objects);
        functions = List.copyOf(functions);
        settings = List.copyOf(settings);
        nested = List.copyOf(nested);
        deferred = List.copyOf(deferred);
    }

    public boolean readable() {
        return unreadable == null;
    }
}
