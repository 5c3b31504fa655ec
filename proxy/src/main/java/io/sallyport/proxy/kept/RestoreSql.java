package io.sallyport.proxy.kept;

import io.sallyport.proxy.safety.KeptRows;
import io.sallyport.proxy.safety.KeptTable;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that bring kept rows back, and that look whether they may and whether they did; search_path is pg_catalog. */
public final class RestoreSql {
    private final boolean update;
    private final KeptTable table;

    RestoreSql(KeptRows rows, KeptTable table) {
        this.update = rows.verb().equals("UPDATE");
        this.table = table;
    }

    /** What is run, for people to read before they agree to it. */
    public static List<String> told(KeptRows rows) {
        return rows.tables().stream()
                .filter(table -> table.rows() > 0)
                .map(table -> new RestoreSql(rows, table).restore() + ";")
                .toList();
    }

    String target() {
        return Names.quoted(table.schema(), table.name());
    }

    private String kept() {
        return KeptRows.SCHEMA + "." + Names.quoted(table.kept());
    }

    /** Rows that somebody else has put there are not ours. */
    private String part(char which) {
        return "k.sallyport_part = '" + which + "' AND k.xmin = '" + table.xmin() + "'";
    }

    String lock() {
        return "LOCK TABLE " + target() + " IN SHARE ROW EXCLUSIVE MODE";
    }

    String count(char which) {
        return "SELECT count(*) FROM " + kept() + " AS k WHERE " + part(which);
    }

    /** What an INSERT or UPDATE may set: the server computes the others. */
    private List<String> written() {
        return table.columns().stream()
                .filter(column -> !column.generated())
                .filter(column -> !update || (!column.always() && !table.key().contains(column.name())))
                .map(KeptTable.Column::name)
                .toList();
    }

    /** Whether the UPDATE touched nothing that could be set back. */
    boolean nothingToSet() {
        return written().isEmpty();
    }

    String restore() {
        return update ? setBack() : insert();
    }

    private String insert() {
        List<String> columns = written();
        return "INSERT INTO " + target() + " (" + Names.columns("", columns) + ") OVERRIDING SYSTEM VALUE SELECT "
                + Names.columns("k.", columns) + " FROM " + kept() + " AS k WHERE " + part('b');
    }

    private String setBack() {
        String set = written().stream()
                .map(column -> Names.quoted(column) + " = k." + Names.quoted(column))
                .collect(Collectors.joining(", "));
        return "UPDATE " + target() + " AS t SET " + set + " FROM " + kept() + " AS k WHERE " + part('b') + " AND "
                + sameKey();
    }

    private String sameKey() {
        return table.key().stream()
                .map(Names::quoted)
                .map(column -> "t." + column + " = k." + column)
                .collect(Collectors.joining(" AND "));
    }

    /** A row as text: exact for every type, also for those that know no equality. */
    private String image(String qualifier) {
        return "ROW("
                + Names.columns(
                        qualifier,
                        table.columns().stream().map(KeptTable.Column::name).toList())
                + ")::text";
    }

    /** Keys of the first few rows by which the table is not as the batch left it. */
    String drift() {
        String keys = "SELECT ROW(" + Names.columns("k.", table.key()) + ")::text FROM " + kept() + " AS k ";
        return update
                ? keys + "LEFT JOIN " + target() + " AS t ON " + sameKey() + " WHERE " + part('a') + " AND "
                        + image("t.") + " IS DISTINCT FROM " + image("k.") + " LIMIT 5"
                : keys + "JOIN " + target() + " AS t ON " + sameKey() + " WHERE " + part('b') + " LIMIT 5";
    }

    boolean keyed() {
        return !table.key().isEmpty();
    }

    /** How many kept rows are not in the table, or not as they were kept. */
    String missing() {
        return keyed()
                ? "SELECT count(*) FROM " + kept() + " AS k LEFT JOIN " + target() + " AS t ON " + sameKey() + " WHERE "
                        + part('b') + " AND " + image("t.") + " IS DISTINCT FROM " + image("k.")
                : "SELECT count(*) FROM (SELECT " + image("k.") + " FROM " + kept() + " AS k WHERE " + part('b')
                        + " EXCEPT ALL SELECT " + image("t.") + " FROM " + target() + " AS t) AS d";
    }
}
