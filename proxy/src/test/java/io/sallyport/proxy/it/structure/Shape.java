package io.sallyport.proxy.it.structure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Tables t, u and s with the columns that the fixtures name; x, a and b are of other types in each shape. */
enum Shape {
    NUMBERS("int int int", "-1", "1", "7"),
    WORDS("text int int", "-1", "0", "7"),
    TRUTHS("boolean boolean boolean", "true", "false", "true"),
    ARRAYS("int[] text text", "{1}", "{}", "{2,3}"),
    DOCUMENTS("text jsonb jsonb", "{\"x\": 1}", "[1]", "{\"y\": {\"x\": 2}}");

    static final int ROWS = 6;

    private final String types;
    private final String first;
    private final String second;
    private final String third;

    Shape(String types, String first, String second, String third) {
        this.types = types;
        this.first = first;
        this.second = second;
        this.third = third;
    }

    /** Six rows without a NULL in each table, no two alike. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("t", "u", "s")) {
                statement.execute("CREATE TABLE " + table + " (id int, x " + type(0) + ", a " + type(1) + ", b "
                        + type(2) + ", active boolean, d date, created_at timestamptz)");
                for (int row = 0; row < ROWS; row++) {
                    int id = table.equals("t") ? row : 2 * row;
                    statement.execute("INSERT INTO " + table + " VALUES (" + id + ", " + value(0, row) + ", "
                            + value(1, row / 2 + row) + ", " + value(2, row * 2 + row / 3) + ", " + (row % 2 == 0)
                            + ", '20" + (18 + row) + "-06-01', '20" + (18 + row) + "-06-01')");
                }
            }
        }
    }

    private String type(int column) {
        return types.split(" ", -1)[column];
    }

    private String value(int column, int row) {
        List<String> values = type(column).equals("text") ? List.of("a", "b c", "") : List.of(first, second, third);
        return "'" + values.get(row % 3) + "'";
    }
}
