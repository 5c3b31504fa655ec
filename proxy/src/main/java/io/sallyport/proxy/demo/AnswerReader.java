package io.sallyport.proxy.demo;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Runs a statement and reads all it brings back. */
final class AnswerReader {
    private AnswerReader() {}

    static Answer run(Statement statement, String sql) {
        try {
            if (!statement.execute(sql)) {
                return new Answer(null, statement.getUpdateCount(), null);
            }
            try (ResultSet rows = statement.getResultSet()) {
                return new Answer(read(rows), -1, null);
            }
        } catch (SQLException e) {
            return new Answer(null, -1, refusal(e));
        }
    }

    private static Answer.Rows read(ResultSet rows) throws SQLException {
        ResultSetMetaData shape = rows.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= shape.getColumnCount(); i++) {
            columns.add(shape.getColumnLabel(i));
        }
        List<List<String>> values = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(Objects.requireNonNullElse(rows.getString(i), ""));
            }
            values.add(row);
        }
        return new Answer.Rows(columns, values);
    }

    private static Answer.Refusal refusal(SQLException e) {
        List<String> text = new ArrayList<>();
        ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        if (server == null) {
            text.add(String.valueOf(e.getMessage()));
        } else {
            add(text, "", server.getMessage());
            add(text, "DETAIL:  ", server.getDetail());
            add(text, "HINT:  ", server.getHint());
        }
        return new Answer.Refusal(Objects.requireNonNullElse(e.getSQLState(), ""), text);
    }

    private static void add(List<String> text, String label, @Nullable String line) {
        if (line != null) {
            text.add(label + line);
        }
    }
}
