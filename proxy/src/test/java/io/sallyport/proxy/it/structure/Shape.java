package io.sallyport.proxy.it.structure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Tables t, u and s with the columns that the fixtures name; x, a and b are of other types in each shape. */
@SuppressWarnings("ImmutableEnumChecker")
enum Shape {
    NUMBERS(List.of("int", "int", "int"), List.of("-1", "0", "7")),
    WORDS(List.of("text", "int", "int"), List.of("-1", "0", "7")),
    TRUTHS(List.of("boolean", "boolean", "boolean"), List.of("true", "false", "true")),
    ARRAYS(List.of("int[]", "text", "text"), List.of("{1}", "{}", "{2,3}")),
    DOCUMENTS(List.of("text", "jsonb", "jsonb"), List.of("{\"x\": 1}", "[1]", "{\"y\": {\"x\": 2}}"));

    static final int ROWS = 6;

    private final List<String> types;
    private final List<String> values;

    Shape(List<String> types, List<String> values) {
        this.types = types;
        this.values = values;
    }

    /** Six rows without a NULL in each table, no two alike. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("t", "u", "s")) {
                statement.execute("CREATE TABLE " + table + " (id int, x " + types.get(0) + ", a " + types.get(1)
                        + ", b " + types.get(2) + ", active boolean, d date, created_at timestamptz)");
                for (int row = 0; row < ROWS; row++) {
                    int id = table.equals("t") ? row : 2 * row;
                    statement.execute("INSERT INTO " + table + " VALUES (" + id + ", " + value(0, row) + ", "
                            + value(1, row / 2 + row) + ", " + value(2, row * 2 + row / 3) + ", " + (row % 2 == 0)
                            + ", '20" + (18 + row) + "-06-01', '20" + (18 + row) + "-06-01')");
                }
            }
        }
    }

    private String value(int column, int row) {
        boolean text = types.get(column).equals("text");
        return "'" + (text ? List.of("a", "b c", "").get(row % 3) : values.get(row % 3)) + "'";
    }
}
