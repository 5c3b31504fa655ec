package io.sallyport.proxy.it.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Delay and confirmation through pgjdbc. */
@Timeout(60)
final class JdbcDecisionsIT {
    private final TestServer server = TestServer.shared();
    private String database = "";

    @BeforeEach
    void fresh_tables() {
        database = server.freshDatabase();
        server.run(
                database,
                "CREATE TABLE t (i int); INSERT INTO t VALUES (1), (2), (3); ALTER TABLE t OWNER TO alice;"
                        + " CREATE TABLE log (i int); GRANT ALL ON log TO PUBLIC");
    }

    private static SQLException refusal(Statement statement, String sql) {
        return catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
    }

    @Test
    void a_delayed_statement_warns_and_runs() throws SQLException {
        try (TestProxy proxy = TestProxy.start(server, "delay");
                Connection alice = Jdbc.connect(proxy.port(), "alice", database, "");
                PreparedStatement delete = alice.prepareStatement("DELETE FROM t WHERE i < ?")) {
            delete.setInt(1, 3);
            assertThat(delete.executeUpdate()).isEqualTo(2);
            SQLWarning warning = delete.getWarnings();
            assertThat(warning.getMessage()).contains("runs in 2s", "deletes wait");
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void a_query_timeout_withdraws_a_delayed_statement() throws SQLException {
        try (TestProxy proxy = TestProxy.start(server, "delay");
                Connection alice = Jdbc.connect(proxy.port(), "alice", database, "");
                Statement statement = alice.createStatement()) {
            statement.setQueryTimeout(1);
            assertThat(refusal(statement, "DROP TABLE t").getSQLState()).isEqualTo("57014");
            statement.setQueryTimeout(0);
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(3);
            }
        }
    }

    @Test
    void names_are_typed_in_a_statement_of_the_drivers_own() throws SQLException {
        try (TestProxy proxy = TestProxy.start(server, "confirm");
                Connection alice = Jdbc.connect(proxy.port(), "alice", database, "");
                Statement statement = alice.createStatement()) {
            SQLException refused = refusal(statement, "TRUNCATE t");
            assertThat(refused.getSQLState()).isEqualTo("42501");
            assertThat(refused.getMessage()).contains("names typed", "gone is gone", "SALLYPORT CONFIRM '<name of");
            assertThat(refusal(statement, "SALLYPORT CONFIRM 'log'").getSQLState())
                    .isEqualTo("22023");
            try (ResultSet rows = statement.executeQuery("SALLYPORT CONFIRM 't'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("confirmed")).isEqualTo("t");
                assertThat(rows.getString("statement")).isEqualTo("TRUNCATE t");
            }
            statement.execute("TRUNCATE t");
            assertThat(refusal(statement, "TRUNCATE t").getSQLState()).isEqualTo("42501");
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void without_autocommit_a_rollback_stands_in_between() throws SQLException {
        try (TestProxy proxy = TestProxy.start(server, "confirm");
                Connection alice = Jdbc.connect(proxy.port(), "alice", database, "");
                Statement statement = alice.createStatement();
                PreparedStatement confirm = alice.prepareStatement("SALLYPORT CONFIRM 't'")) {
            alice.setAutoCommit(false);
            assertThat(refusal(statement, "TRUNCATE t").getSQLState()).isEqualTo("42501");
            alice.rollback();
            assertThat(confirm.execute()).isTrue();
            statement.execute("TRUNCATE t");
            alice.commit();
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void a_batch_of_statements_is_confirmed_whole() throws SQLException {
        try (TestProxy proxy = TestProxy.start(server, "confirm");
                Connection alice = Jdbc.connect(proxy.port(), "alice", database, "");
                Statement statement = alice.createStatement()) {
            for (int round = 0; round < 2; round++) {
                statement.addBatch("INSERT INTO log VALUES (1)");
                statement.addBatch("TRUNCATE t");
                statement.addBatch("INSERT INTO log VALUES (2)");
                if (round == 0) {
                    assertThatThrownBy(statement::executeBatch).hasMessageContaining("names typed");
                    statement.clearBatch();
                    statement.execute("SALLYPORT CONFIRM 't'");
                } else {
                    statement.executeBatch();
                }
            }
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(server.ask(database, "SELECT string_agg(i::text, ' ' ORDER BY i) FROM log"))
                .isEqualTo("1 2");
    }
}
