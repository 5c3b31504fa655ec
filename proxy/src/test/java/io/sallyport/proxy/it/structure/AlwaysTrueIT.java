package io.sallyport.proxy.it.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.Where;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.it.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlwaysTrueIT {
    /** Labelled for what they may do: all rows or none where they name no column of the table, a sample, what a type makes of it. */
    private static final Set<String> BY_CHANCE = Set.of(
            "DELETE FROM t WHERE current_user = 'alice'",
            "DELETE FROM t WHERE random() < 0.5",
            "DELETE FROM t WHERE EXISTS (SELECT 1 FROM t t2 WHERE t2.x = 1)",
            "DELETE FROM t WHERE (SELECT max(a) FROM t) > 0",
            "DELETE FROM t USING u WHERE u.x = 1",
            "DELETE FROM t USING u WHERE u.x = 1 OR t.id = 1",
            "UPDATE t SET a = u.x FROM u WHERE u.id = 1",
            "DELETE FROM t WHERE a::int = a",
            "DELETE FROM t WHERE x >= '-infinity'",
            "DELETE FROM t WHERE x BETWEEN '-infinity' AND 'infinity'",
            "DELETE FROM t WHERE x <= 'NaN'",
            "UPDATE t SET a = a || '{}' WHERE a ->> 'k' IS NULL",
            "DELETE FROM t WHERE ctid BETWEEN '(0,0)' AND '(1000,0)'",
            "DELETE FROM t WHERE id IN (SELECT id FROM t TABLESAMPLE SYSTEM (10))");

    /** Read as labelled, and no SQL to the server. What it refuses for its types and columns, other tables may have. */
    private static final Set<String> REFUSED = Set.of("DELETE FROM t WHERE 'a' 'b' = 'a'");

    private static final String SYNTAX_ERROR = "42601";
    private static final int NOT_FOR_THESE_TABLES = -1;
    private static final int NO_SQL = -2;

    private final Map<Shape, Connection> connections = new EnumMap<>(Shape.class);

    @BeforeAll
    void createTables() throws SQLException {
        TestServer server = TestServer.shared();
        for (Shape shape : Shape.values()) {
            String url =
                    "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + server.freshDatabase() + "?user=postgres";
            Connection connection = DriverManager.getConnection(url);
            shape.create(connection);
            connection.setAutoCommit(false);
            connections.put(shape, connection);
        }
    }

    @AfterAll
    void disconnect() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
    }

    @Test
    void server_touches_every_row_where_a_condition_is_labelled_always_true_and_leaves_some_where_not()
            throws IOException, SQLException {
        List<String> wrong = new ArrayList<>();
        Set<String> refused = new TreeSet<>();
        for (LabelledCondition condition : LabelledCondition.all()) {
            boolean ran = false;
            for (Shape shape : Shape.values()) {
                int touched = touched(shape, condition);
                ran |= touched != NO_SQL;
                int all = condition.alwaysTrue() ? Shape.ROWS : Shape.ROWS + 1;
                boolean fits = (touched == all) == condition.alwaysTrue() || BY_CHANCE.contains(condition.sql());
                if (touched >= 0 && !fits) {
                    wrong.add(shape + " " + touched + " of " + all + ": " + condition.sql());
                }
            }
            if (!ran) {
                refused.add(condition.sql());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(refused).containsExactlyInAnyOrderElementsOf(REFUSED);
    }

    /** How many rows; less than none where the server refuses. What is said to leave rows out may show it on a row of NULLs. */
    private int touched(Shape shape, LabelledCondition condition) throws SQLException {
        Connection connection = connection(shape);
        try (Statement statement = connection.createStatement()) {
            if (!condition.alwaysTrue()) {
                statement.execute("INSERT INTO t (id) VALUES (9)");
            }
            boolean rows = statement.execute(condition.sql());
            return rows ? count(statement.getResultSet()) : statement.getUpdateCount();
        } catch (SQLException refused) {
            return SYNTAX_ERROR.equals(refused.getSQLState()) ? NO_SQL : NOT_FOR_THESE_TABLES;
        } finally {
            connection.rollback();
        }
    }

    private static int count(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }

    /** Halves lie between the constants that the generator uses: what holds for all of them holds for all numbers. */
    @Test
    void generated_conditions_are_always_true_exactly_where_the_server_finds_them_so() throws SQLException {
        GeneratedConditions generator = new GeneratedConditions(new Random(7));
        List<String> wrong = new ArrayList<>();
        int always = 0;
        try (Statement statement = connection(Shape.NUMBERS).createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE k AS SELECT p / 2.0 AS a, q / 2.0 AS b, r AS c"
                    + " FROM generate_series(-1, 5) p, generate_series(-1, 5) q, (VALUES (true), (false)) v (r)");
            for (int i = 0; i < 3_000; i++) {
                String condition = generator.next();
                try (ResultSet row =
                        statement.executeQuery("SELECT bool_and(coalesce(" + condition + ", false)) FROM k")) {
                    row.next();
                    boolean holds = row.getBoolean(1);
                    always += holds ? 1 : 0;
                    if (holds != (where(condition) == Where.ALWAYS_TRUE)) {
                        wrong.add((holds ? "always true: " : "leaves rows out: ") + condition);
                    }
                }
            }
        } finally {
            connection(Shape.NUMBERS).rollback();
        }
        assertThat(wrong).isEmpty();
        assertThat(always).as("always true among them").isBetween(300, 2_700);
    }

    private static @Nullable Where where(String condition) {
        byte[] sql = ("DELETE FROM k WHERE " + condition).getBytes(StandardCharsets.UTF_8);
        return SqlAnalyzer.complete(sql, LexerSettings.DEFAULT)
                .statements()
                .get(0)
                .where();
    }

    private Connection connection(Shape shape) {
        return Objects.requireNonNull(connections.get(shape));
    }
}
