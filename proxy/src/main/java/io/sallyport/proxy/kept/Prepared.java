package io.sallyport.proxy.kept;

import io.sallyport.proxy.kept.TouchedRows.Verb;
import java.util.List;

/**
 * Empty tables that one batch's rows can be kept in.
 *
 * @param role whoever runs the batch: may write into them, for now
 */
public record Prepared(String database, String role, Verb verb, List<Table> tables) {
    /**
     * @param name of the kept table, without its schema
     * @param shape of the table that it is for
     */
    public record Table(String name, TableShape shape) {}

    public Prepared {
        tables = List.copyOf(tables);
    }

    /** Whether what is asked with their keys reads alike under any client_encoding. */
    public boolean ascii() {
        return tables.stream()
                .flatMap(table -> table.shape().key().stream())
                .allMatch(column -> column.chars().allMatch(c -> c < 128));
    }
}
