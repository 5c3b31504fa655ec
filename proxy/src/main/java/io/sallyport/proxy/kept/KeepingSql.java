package io.sallyport.proxy.kept;

import io.sallyport.proxy.kept.TouchedRows.Relation;
import io.sallyport.proxy.kept.TouchedRows.Verb;
import io.sallyport.proxy.safety.KeptRows;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What is asked on the client's own connection, around its statement and in its transaction. Every name of ours is qualified, for search_path is the
 * client's, and in ASCII, for client_encoding is too; names of tables stand as the client wrote them. {@code t.*} is read by place: the kept table has the
 * same columns in the same order, behind three of ours.
 */
public final class KeepingSql {
    /** Of the columns of {@code c}, a pg_class; the same in every session. */
    static final String FINGERPRINT = "(SELECT COALESCE(pg_catalog.md5(pg_catalog.string_agg(pg_catalog.concat_ws(',',"
            + " a.attnum, a.attname, a.atttypid, a.atttypmod, a.attgenerated, a.attidentity), ';' ORDER BY a.attnum)), '')"
            + " FROM pg_catalog.pg_attribute AS a WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid"
            + " AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped)";

    /** Own columns: what the row is, where it was, and in which table. */
    static final String OWN_COLUMNS =
            "sallyport_part pg_catalog.\"char\" NOT NULL, sallyport_table pg_catalog.oid NOT NULL, sallyport_place pg_catalog.tid NOT NULL";

    private static final String BEFORE = "'b'";
    private static final String AFTER = "'a'";
    private static final String QUOTE = "$sallyport$";

    private KeepingSql() {}

    /** Nobody else may change the table's columns, or, of a TRUNCATE, its rows, from now on. */
    public static byte[] lock(Verb verb, Relation table) {
        return join(
                "LOCK TABLE " + (table.only() ? "ONLY " : ""),
                table.name(),
                verb == Verb.TRUNCATE ? " IN ACCESS EXCLUSIVE MODE" : " IN ROW EXCLUSIVE MODE");
    }

    /**
     * Which table it is, and who asks, as {@link SeenTable} reads it.
     *
     * @throws Unkeepable where its name cannot be put into a literal
     */
    public static byte[] seen(Relation table) throws Unkeepable {
        if (new String(table.name(), StandardCharsets.ISO_8859_1).contains(QUOTE)) {
            throw new Unkeepable("its table has a name that cannot be asked for", "Rename it.");
        }
        return join(
                "SELECT pg_catalog.concat_ws(' ', c.oid, pg_catalog.encode(pg_catalog.convert_to(current_user::pg_catalog.text, 'UTF8'), 'hex'), "
                        + FINGERPRINT + ") FROM pg_catalog.pg_class AS c WHERE c.oid OPERATOR(pg_catalog.=) " + QUOTE,
                table.name(),
                QUOTE + "::pg_catalog.regclass");
    }

    /** Tells how many rows a statement of ours has written itself: what a function wrote meanwhile into the same table is not among them. */
    private static final String TELLING = "sallyport_c AS (";

    private static final String TOLD = " RETURNING 1) SELECT pg_catalog.count(*) FROM sallyport_c";

    /**
     * Copies the rows as they are, locks them, and tells how many they were.
     *
     * @param most one more than may be kept
     */
    public static byte[] keep(TouchedRows rows, Relation table, Prepared.Table kept, long most) {
        // Nobody else has a table that is locked as a whole.
        String lock = rows.verb() == Verb.TRUNCATE ? "" : " FOR UPDATE OF ?";
        return rows.select(
                table,
                (rows.hasWith() ? ", " : "WITH ") + TELLING + "INSERT INTO " + name(kept) + " ",
                BEFORE + ", ?.tableoid, ?.ctid, ?.*",
                "LIMIT " + most + lock + TOLD);
    }

    /** Copies the rows as they are behind an UPDATE, found by their key, and tells how many they were. */
    public static byte[] after(Relation table, Prepared.Table kept) {
        Joined sql = new Joined(table.variable());
        sql.add("WITH " + TELLING + "INSERT INTO " + name(kept) + " SELECT " + AFTER + ", ")
                .variable();
        sql.add(".tableoid, ")
                .variable()
                .add(".ctid, ")
                .variable()
                .add(".* FROM ")
                .add(table.source());
        sql.add(", " + name(kept) + " AS sallyport_k WHERE sallyport_k.sallyport_part OPERATOR(pg_catalog.=) "
                + BEFORE);
        for (String column : kept.shape().key()) {
            sql.add(" AND sallyport_k." + Names.quoted(column) + " OPERATOR(pg_catalog.=) ")
                    .variable();
            sql.add("." + Names.quoted(column));
        }
        return sql.add(TOLD).bytes();
    }

    /** How many rows were kept, of either kind, and in which transaction, as {@link KeptCount} reads it. */
    public static byte[] counted(Prepared.Table kept) {
        return ascii(
                "SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*) FILTER (WHERE k.sallyport_part OPERATOR(pg_catalog.=) "
                        + BEFORE
                        + "), pg_catalog.count(*) FILTER (WHERE k.sallyport_part OPERATOR(pg_catalog.=) " + AFTER
                        + "), COALESCE(pg_catalog.min(k.xmin::pg_catalog.text), '0'), COALESCE(pg_catalog.max(k.xmin::pg_catalog.text), '0')) FROM "
                        + name(kept) + " AS k");
    }

    /** How many rows are still there as they were kept; of a TRUNCATE, whether any row is. */
    public static byte[] left(TouchedRows rows, Relation table, Prepared.Table kept) {
        if (rows.verb() == Verb.TRUNCATE) {
            return join("SELECT pg_catalog.count(*) FROM " + (table.only() ? "ONLY " : ""), table.name(), "");
        }
        return join(
                "SELECT pg_catalog.count(*) FROM " + name(kept) + " AS k JOIN " + (table.only() ? "ONLY " : ""),
                table.name(),
                " AS t ON t.ctid OPERATOR(pg_catalog.=) k.sallyport_place AND t.tableoid OPERATOR(pg_catalog.=) k.sallyport_table"
                        + " WHERE k.sallyport_part OPERATOR(pg_catalog.=) " + BEFORE);
    }

    static String name(Prepared.Table kept) {
        return KeptRows.SCHEMA + "." + kept.name();
    }

    /** Names of columns are in UTF-8 there: see {@link Prepared#ascii}. */
    private static final class Joined {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final byte[] variable;

        Joined(byte[] variable) {
            this.variable = variable;
        }

        Joined add(String text) {
            return add(text.getBytes(StandardCharsets.UTF_8));
        }

        Joined add(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Joined variable() {
            return add(variable);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(String before, byte[] name, String after) {
        return new Joined(name).add(before).variable().add(after).bytes();
    }
}
