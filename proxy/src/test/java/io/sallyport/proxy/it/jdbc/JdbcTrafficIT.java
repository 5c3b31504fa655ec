package io.sallyport.proxy.it.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;

/** Ordinary work of the driver under the built-in policy, in every query mode. */
@Timeout(60)
final class JdbcTrafficIT {
    private static final String SIMPLE = "preferQueryMode=simple";
    private static final String EXTENDED = "preferQueryMode=extended";
    private static final String PREPARED_ONLY = "preferQueryMode=extendedForPrepared";
    private static final String CACHED = "preferQueryMode=extendedCacheEverything";
    private static final String REWRITING = "preferQueryMode=extended&reWriteBatchedInserts=true";
    private static final String BINARY = "preferQueryMode=extended&prepareThreshold=-1";

    private static final TestServer SERVER = TestServer.shared();
    private static final String DATABASE = SERVER.freshDatabase();
    private static final TestProxy PROXY = TestProxy.start(SERVER, "built-in");

    @BeforeAll
    static void makes_tables() {
        SERVER.run(DATABASE, "CREATE TABLE t (i int, s text); GRANT ALL ON t TO PUBLIC");
    }

    @AfterAll
    static void stops_the_proxy() {
        PROXY.close();
    }

    /** Each test gets the table empty. */
    private static Connection connect(String mode) throws SQLException {
        SERVER.run(DATABASE, "TRUNCATE t");
        return Jdbc.connect(PROXY.port(), "app", DATABASE, mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED, PREPARED_ONLY, CACHED, REWRITING, BINARY})
    void a_batch_of_inserts_with_umlauts_in_literals_passes(String mode) throws SQLException {
        try (Connection connection = connect(mode);
                Statement statement = connection.createStatement()) {
            for (String name : new String[] {"Müller", "Größmann", "Jürgens"}) {
                statement.addBatch("INSERT INTO t VALUES (1, '" + name + "')");
            }
            assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
            try (ResultSet rows = statement.executeQuery("SELECT s FROM t ORDER BY s")) {
                assertThat(Jdbc.column(rows)).containsExactly("Größmann", "Jürgens", "Müller");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED, PREPARED_ONLY, CACHED, REWRITING, BINARY})
    void a_prepared_statement_answers_alike_before_and_after_the_driver_names_it(String mode) throws SQLException {
        try (Connection connection = connect(mode);
                PreparedStatement statement = connection.prepareStatement("SELECT ?::int * 2")) {
            for (int i = 0; i < 12; i++) {
                statement.setInt(1, i);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(Jdbc.column(rows)).containsExactly(String.valueOf(2 * i));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED, PREPARED_ONLY, CACHED, REWRITING, BINARY})
    void a_batch_inserts_every_row_and_a_failing_one_rolls_back(String mode) throws SQLException {
        try (Connection connection = connect(mode)) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
                for (int i = 0; i < 1000; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "row '" + i + "' \\ ; drop table t");
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(1000);
            }
            connection.commit();
            try (Statement statement = connection.createStatement()) {
                statement.addBatch("INSERT INTO t VALUES (1)");
                statement.addBatch("INSERT INTO t VALUES ('not a number')");
                assertThatThrownBy(statement::executeBatch).hasMessageContaining("not a number");
            }
            connection.rollback();
            assertThat(Jdbc.value(connection, "SELECT count(*) || ',' || sum(i) FROM t"))
                    .isEqualTo("1000,499500");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED, PREPARED_ONLY, CACHED})
    void copy_manager_loads_and_unloads(String mode) throws Exception {
        try (Connection connection = connect(mode)) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            String rows = String.join(
                    "", IntStream.range(0, 3000).mapToObj(i -> i + "\ttext\n").toList());
            assertThat(copy.copyIn("COPY t FROM STDIN", new StringReader(rows))).isEqualTo(3000);
            StringWriter out = new StringWriter();
            assertThat(copy.copyOut("COPY (SELECT * FROM t ORDER BY i) TO STDOUT", out))
                    .isEqualTo(3000);
            assertThat(out).hasToString(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {EXTENDED, PREPARED_ONLY, CACHED, BINARY})
    void a_fetch_size_reads_through_a_suspended_portal(String mode) throws SQLException {
        try (Connection connection = connect(mode)) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement("SELECT generate_series(1, 100)")) {
                statement.setFetchSize(7);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(Jdbc.column(rows)).hasSize(100).endsWith("99", "100");
                }
            }
            connection.commit();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED, PREPARED_ONLY, CACHED})
    void a_query_timeout_cancels_the_running_query(String mode) throws SQLException {
        try (Connection connection = connect(mode);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery("SELECT pg_sleep(30)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            assertThat(Jdbc.value(connection, "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED})
    void notifications_arrive(String mode) throws SQLException {
        try (Connection listener = connect(mode);
                Connection speaker = connect(mode)) {
            Jdbc.run(listener, "LISTEN jdbc_news");
            Jdbc.run(speaker, "NOTIFY jdbc_news, 'hello'");
            PGNotification[] heard = listener.unwrap(PGConnection.class).getNotifications(10_000);
            assertThat(heard).extracting(PGNotification::getParameter).containsExactly("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED, PREPARED_ONLY, CACHED})
    void metadata_is_as_the_server_gives_it(String mode) throws SQLException {
        try (Connection through = connect(mode);
                Connection direct = Jdbc.connect(SERVER.port(), "app", DATABASE, mode)) {
            assertThat(columns(through)).isEqualTo(columns(direct)).contains("i int4", "s text");
            assertThat(through.getMetaData().getDatabaseProductVersion())
                    .isEqualTo(direct.getMetaData().getDatabaseProductVersion());
            assertThat(through.isValid(5)).isTrue();
        }
    }

    private static String columns(Connection connection) throws SQLException {
        StringBuilder found = new StringBuilder();
        try (ResultSet rows = connection.getMetaData().getColumns(null, "public", "t", null)) {
            while (rows.next()) {
                found.append(rows.getString("COLUMN_NAME")).append(' ');
                found.append(rows.getString("TYPE_NAME")).append('\n');
            }
        }
        try (ResultSet rows = connection.getMetaData().getTables(null, null, "pg_c%", null)) {
            found.append(Jdbc.column(rows).size());
        }
        return found.toString();
    }
}
