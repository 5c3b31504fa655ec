package io.sallyport.proxy.kept;

import io.sallyport.proxy.safety.KeptRows;
import io.sallyport.proxy.safety.KeptTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Brings kept rows back, in one transaction of the service role: nobody writes to the tables meanwhile, and before COMMIT every row is compared with how it was kept.
 * It blocks.
 */
final class Restoring {
    /** For one statement, and for each answer. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final List<String> SETTINGS = List.of(
            "SET LOCAL lock_timeout = '10s'",
            "SET LOCAL statement_timeout = '10min'",
            // Rows that a policy hides are an error then.
            "SET LOCAL row_security = off");

    private final Connection connection;
    private final KeptRows rows;
    private final List<KeptTable> tables;

    Restoring(Connection connection, KeptRows rows) {
        this.connection = connection;
        this.rows = rows;
        this.tables = rows.tables().stream().filter(table -> table.rows() > 0).toList();
    }

    /** All but COMMIT. */
    void run() throws SQLException, Drifted {
        for (String setting : SETTINGS) {
            KeepingRoom.execute(connection, setting);
        }
        for (KeptTable table : tables) {
            sameTable(table);
            KeepingRoom.execute(connection, sql(table).lock());
        }
        for (KeptTable table : tables) {
            look(table);
        }
        try {
            restore();
            KeepingRoom.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        } catch (SQLException refused) {
            throw drift(refused);
        }
        for (KeptTable table : tables) {
            long missing = count(sql(table).missing());
            if (missing != 0) {
                throw new Drifted(
                        missing + " rows of " + table.told()
                                + " would not come out as they were kept: a trigger, or a generated column, makes others of them",
                        "");
            }
        }
    }

    private RestoreSql sql(KeptTable table) {
        return new RestoreSql(rows, table);
    }

    /** Before it is locked, for its name may be another's; and once more when nobody can change that. */
    private void sameTable(KeptTable table) throws SQLException, Drifted {
        if (!table.fingerprint().equals(TableCatalog.fingerprint(connection, table))) {
            throw new Drifted("the columns of " + table.told() + " are not what they were, or it is another table", "");
        }
    }

    private void look(KeptTable table) throws SQLException, Drifted {
        RestoreSql sql = sql(table);
        sameTable(table);
        if (count(sql.count('b')) != table.rows()
                || (rows.verb().equals("UPDATE") && count(sql.count('a')) != table.rows())) {
            throw new Drifted("not all that was kept of " + table.told() + " is there", "");
        }
        if (sql.keyed()) {
            List<String> keys = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql.drift())) {
                while (row.next()) {
                    keys.add(row.getString(1));
                }
            }
            if (!keys.isEmpty()) {
                throw new Drifted(
                        rows.verb().equals("UPDATE")
                                ? "rows of " + table.told() + " have changed since"
                                : "rows with the same key are in " + table.told() + " again",
                        String.join(", ", keys));
            }
        }
    }

    /** In one statement: foreign keys between the tables are looked at when all rows are there. */
    private void restore() throws SQLException, Drifted {
        List<KeptTable> written =
                tables.stream().filter(table -> !sql(table).nothingToSet()).toList();
        if (written.isEmpty()) {
            return;
        }
        String parts = written.stream()
                .map(table ->
                        "r" + written.indexOf(table) + " AS (" + sql(table).restore() + " RETURNING 1)")
                .collect(Collectors.joining(", "));
        String counts = written.stream()
                .map(table -> "(SELECT count(*) FROM r" + written.indexOf(table) + ")")
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("WITH " + parts + " SELECT " + counts)) {
            boolean counted = row.next();
            for (int i = 0; i < written.size(); i++) {
                if (!counted || row.getLong(i + 1) != written.get(i).rows()) {
                    throw new Drifted(
                            "not all rows of " + written.get(i).told() + " could be written: a trigger keeps some out",
                            "");
                }
            }
        }
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    /** Constraints are what tells that the world has moved on. */
    private static Drifted drift(SQLException refused) throws SQLException {
        String state = String.valueOf(refused.getSQLState());
        String detail = ServerWords.detail(refused);
        if (!state.startsWith("23") || !ServerWords.certain(refused)) {
            throw refused;
        }
        String why = switch (state) {
            case "23505" -> "a row with the same key is there again";
            case "23503" -> "a row that it refers to is not there any more";
            default -> "a constraint does not let the rows in any more";
        };
        return new Drifted(why, detail == null ? ServerWords.of(refused) : detail);
    }
}
