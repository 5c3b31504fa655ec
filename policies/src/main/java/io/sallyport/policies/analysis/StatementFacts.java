package io.sallyport.policies.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one statement says.
 *
 * @param statementClass the worst of the statement and its {@code nested} writes
 * @param tables targets first, then those that are read
 * @param where for UPDATE and DELETE; null where it has no meaning
 * @param nested the writes inside: in a CTE, behind EXPLAIN ANALYZE or PREPARE, in COPY (…), the actions of a MERGE, …
 * @param unreadable why, when the kind is {@link StatementKind#UNREADABLE}
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
        @Nullable Where where,
        List<String> functions,
        List<StatementFacts> nested,
        @Nullable String unreadable,
        @Nullable String preparedName,
        boolean copyFromClient,
        int start,
        int end,
        String text) {
    public StatementFacts {
        tables = List.copyOf(tables);
        functions = List.copyOf(functions);
        nested = List.copyOf(nested);
    }

    public boolean readable() {
        return unreadable == null;
    }
}
