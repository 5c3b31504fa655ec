package io.sallyport.proxy.safety;

import java.util.List;

/**
 * The rows of one table that were kept, and what it takes to bring them back.
 *
 * @param oid of the table that they were in
 * @param kept the table that they are in now, in the schema {@link KeptRows#SCHEMA}
 * @param columns all of the table's, in its order
 * @param key columns whose values tell one row from all others; empty where the table has none
 * @param fingerprint of its columns, as they were
 * @param xmin the transaction that has kept them, as the rows bear it: others' rows are not ours
 */
public record KeptTable(
        long oid,
        String schema,
        String name,
        String kept,
        long rows,
        List<Column> columns,
        List<String> key,
        String fingerprint,
        String xmin) {
    /**
     * @param generated the server computes it
     * @param always an identity that no statement may set by itself
     */
    public record Column(String name, boolean generated, boolean always) {}

    public KeptTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** For people: without the schema that everybody has. */
    public String told() {
        return schema.equals("public") ? name : schema + "." + name;
    }
}
