package io.sallyport.proxy.it.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refused and held statements as a JDBC program meets them. */
@Timeout(60)
final class JdbcRefusalIT {
    private static final String SIMPLE = "preferQueryMode=simple";
    private static final String EXTENDED = "preferQueryMode=extended";
    private static final String PREPARED_ONLY = "preferQueryMode=extendedForPrepared";
    private static final String CACHED = "preferQueryMode=extendedCacheEverything";
    private static final String NAMED_AT_ONCE = "preferQueryMode=extended&prepareThreshold=1";

    private final TestServer server = TestServer.shared();
    private String database = "";

    @BeforeEach
    void makes_tables() {
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t AS SELECT generate_series(1, 20) AS i; GRANT ALL ON t TO PUBLIC");
    }

    private static void assertRefused(ThrowingCallable call, String sqlState, String rule) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo(sqlState);
            assertThat(e.getMessage()).contains(rule);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED, PREPARED_ONLY, CACHED, NAMED_AT_ONCE})
    void every_execution_of_a_denied_statement_is_refused(String mode) throws SQLException {
        try (TestProxy proxy = TestProxy.start(server, "deny");
                Connection connection = Jdbc.connect(proxy.port(), "alice", database, mode);
                PreparedStatement delete = connection.prepareStatement("DELETE FROM t WHERE i = ?")) {
            for (int i = 0; i < 8; i++) {
                delete.setInt(1, i);
                assertRefused(delete::executeUpdate, "42501", "no deletes");
            }
            assertThat(Jdbc.value(connection, "SELECT count(*) FROM t")).isEqualTo("20");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED, PREPARED_ONLY, CACHED, NAMED_AT_ONCE})
    void a_refusal_in_a_transaction_rolls_back_to_the_savepoint(String mode) throws SQLException {
        try (TestProxy proxy = TestProxy.start(server, "deny");
                Connection connection = Jdbc.connect(proxy.port(), "alice", database, mode)) {
            connection.setAutoCommit(false);
            Jdbc.run(connection, "INSERT INTO t VALUES (100)");
            Savepoint savepoint = connection.setSavepoint();
            assertRefused(() -> Jdbc.run(connection, "DROP TABLE t"), "42501", "no drops");
            assertRefused(() -> Jdbc.run(connection, "INSERT INTO t VALUES (101)"), "25P02", "aborted");
            connection.rollback(savepoint);
            connection.commit();
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("21");
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED, PREPARED_ONLY, CACHED, NAMED_AT_ONCE})
    void one_refused_member_of_a_batch_undoes_the_batch(String mode) throws SQLException {
        try (TestProxy proxy = TestProxy.start(server, "deny");
                Connection connection = Jdbc.connect(proxy.port(), "alice", database, mode);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.addBatch("INSERT INTO t VALUES (200)");
            statement.addBatch("DELETE FROM t");
            statement.addBatch("INSERT INTO t VALUES (201)");
            assertThatThrownBy(statement::executeBatch).hasMessageContaining("no deletes");
            connection.commit();
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("20");
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED, PREPARED_ONLY, CACHED, NAMED_AT_ONCE})
    void an_approved_statement_returns_its_count_and_the_next_execution_waits_again(String mode) throws Exception {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                Approver bob = new Approver(proxy, "bob", database);
                Connection connection = Jdbc.connect(proxy.port(), "alice", database, mode);
                PreparedStatement delete = connection.prepareStatement("DELETE FROM t WHERE i <= ?")) {
            for (int upTo = 5; upTo <= 10; upTo += 5) {
                delete.setInt(1, upTo);
                CompletableFuture<Integer> count = CompletableFuture.supplyAsync(() -> execute(delete));
                assertThat(bob.approve(bob.awaitHold())).isTrue();
                assertThat(count.get(20, TimeUnit.SECONDS)).isEqualTo(5);
                assertThat(warnings(delete)).contains("until a second person approves", "approved by bob");
            }
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("10");
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED})
    void a_query_timeout_withdraws_a_hold(String mode) throws SQLException {
        try (TestProxy proxy = TestProxy.start(server, "hold");
                Connection connection = Jdbc.connect(proxy.port(), "alice", database, mode);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertRefused(() -> statement.executeUpdate("DELETE FROM t"), "57014", "withdrawn");
            assertThat(Jdbc.value(connection, "SELECT count(*) FROM t")).isEqualTo("20");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED})
    void reminders_keep_a_socket_timeout_from_ending_the_wait(String mode) throws Exception {
        try (TestProxy proxy = TestProxy.start(server.port(), "hold", Map.of("hold.remind_every", "500ms"));
                Approver bob = new Approver(proxy, "bob", database);
                Connection connection = Jdbc.connect(proxy.port(), "alice", database, mode + "&socketTimeout=2");
                PreparedStatement delete = connection.prepareStatement("DELETE FROM t")) {
            CompletableFuture<Integer> count = CompletableFuture.supplyAsync(() -> execute(delete));
            String code = bob.awaitHold();
            // Longer than the socket timeout; pg_sleep on the server keeps this thread from sleeping itself.
            server.ask(database, "SELECT pg_sleep(3.5)");
            assertThat(bob.approve(code)).isTrue();
            assertThat(count.get(20, TimeUnit.SECONDS)).isEqualTo(20);
        }
    }

    private static int execute(PreparedStatement statement) {
        try {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String warnings(Statement statement) throws SQLException {
        StringBuilder all = new StringBuilder();
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            all.append(warning.getMessage()).append('\n');
        }
        return all.toString();
    }
}
