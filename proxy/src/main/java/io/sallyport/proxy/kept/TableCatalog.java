package io.sallyport.proxy.kept;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.proxy.safety.KeptRows;
import io.sallyport.proxy.safety.KeptTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads tables' shapes from the server's catalog, which every role may; the connection's search_path is pg_catalog. */
final class TableCatalog {
    /** The first that is not the server's own (transam.h, FirstNormalObjectId). */
    private static final long FIRST_OF_USERS = 16_384;

    private static final String TABLE = """
            SELECT n.nspname, c.relname, c.relkind, c.relpersistence, c.relhasrules,
              coalesce(rn.nspname, n.nspname) AS root_schema, coalesce(r.relname, c.relname) AS root_name,
              EXISTS (SELECT FROM pg_inherits AS i WHERE i.inhparent = c.oid) AS has_children,
              %s AS fingerprint
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            LEFT JOIN pg_class AS r ON r.oid = pg_partition_root(c.oid) LEFT JOIN pg_namespace AS rn ON rn.oid = r.relnamespace
            WHERE c.oid = ?::oid""".formatted(KeepingSql.FINGERPRINT);

    private static final String COLUMNS = """
            SELECT attname, format_type(atttypid, atttypmod), attgenerated <> '', attidentity = 'a'
            FROM pg_attribute WHERE attrelid = ?::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum""";

    /** The primary key, or another one that no row is without. */
    private static final String KEY = """
            SELECT array(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
                JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                WHERE k.place <= i.indnkeyatts ORDER BY k.place)
            FROM pg_index AS i
            WHERE i.indrelid = ?::oid AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
              AND NOT EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = i.indrelid AND NOT a.attnotnull
                AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]))
            ORDER BY i.indisprimary DESC, i.indexrelid LIMIT 1""";

    /** Not by pg_partition_tree: it waits for the locks that the requester has. */
    private static final String TREE = """
            WITH RECURSIVE tree(oid) AS (SELECT ?::oid
              UNION ALL SELECT c.oid FROM tree JOIN pg_inherits AS i ON i.inhparent = tree.oid JOIN pg_class AS c ON c.oid = i.inhrelid WHERE c.relispartition)
            SELECT n.nspname, c.relname, c.relkind = 'f' FROM tree JOIN pg_class AS c ON c.oid = tree.oid JOIN pg_namespace AS n ON n.oid = c.relnamespace""";

    private TableCatalog() {}

    /**
     * @param only whether what inherits from it is not meant
     * @throws Unkeepable where rows of such a table cannot be kept, or not be brought back
     */
    static TableShape shape(Connection connection, long oid, boolean only) throws SQLException, Unkeepable {
        try (PreparedStatement query = connection.prepareStatement(TABLE)) {
            query.setLong(1, oid);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new Unkeepable(
                            "the table was made in this very transaction",
                            "Commit that first, or change it without a hold.");
                }
                TableName name = new TableName(row.getString("nspname"), row.getString("relname"));
                refuse(oid, row, name, only);
                List<KeptTable.Column> columns = new ArrayList<>();
                List<String> types = new ArrayList<>();
                columns(connection, oid, columns, types);
                return new TableShape(
                        oid,
                        name,
                        new TableName(row.getString("root_schema"), row.getString("root_name")),
                        tree(connection, oid, name),
                        columns,
                        types,
                        key(connection, oid),
                        row.getString("fingerprint"));
            }
        }
    }

    private static void refuse(long oid, ResultSet row, TableName name, boolean only) throws SQLException, Unkeepable {
        boolean partitioned = row.getString("relkind").equals("p");
        String why = null;
        if (oid < FIRST_OF_USERS || KeptRows.SCHEMA.equals(name.schema())) {
            why = "is the server's own, or Sallyport's";
        } else if (!partitioned && !row.getString("relkind").equals("r")) {
            why = "is no table: a view, a foreign table or the like";
        } else if (row.getString("relpersistence").equals("t")) {
            why = "is temporary";
        } else if (row.getBoolean("relhasrules")) {
            why = "has rules (CREATE RULE), which turn statements into others";
        } else if (!partitioned && !only && row.getBoolean("has_children")) {
            why = "has tables that inherit from it, with columns of their own";
        }
        if (why != null) {
            throw new Unkeepable(
                    name.name() + " " + why, "Name another table, or have its rule ask for a restore_point.");
        }
    }

    private static void columns(Connection connection, long oid, List<KeptTable.Column> columns, List<String> types)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setLong(1, oid);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.add(new KeptTable.Column(row.getString(1), row.getBoolean(3), row.getBoolean(4)));
                    types.add(row.getString(2));
                }
            }
        }
    }

    private static List<String> key(Connection connection, long oid) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(KEY)) {
            query.setLong(1, oid);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? List.of((String[]) row.getArray(1).getArray()) : List.of();
            }
        }
    }

    private static Set<String> tree(Connection connection, long oid, TableName self) throws SQLException, Unkeepable {
        Set<String> names = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(TREE)) {
            query.setLong(1, oid);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean(3)) {
                        throw new Unkeepable(
                                self.name() + " has partitions on another server",
                                "Have its rule ask for a restore_point.");
                    }
                    names.add(new TableName(row.getString(1), row.getString(2)).toString());
                }
            }
        }
        return names;
    }

    /** Null where there is no such table any more. */
    static @Nullable String fingerprint(Connection connection, KeptTable table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT " + KeepingSql.FINGERPRINT
                + " FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
                + " WHERE c.oid = ?::oid AND n.nspname = ? AND c.relname = ?")) {
            query.setLong(1, table.oid());
            query.setString(2, table.schema());
            query.setString(3, table.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }
}
