package io.sallyport.proxy.it.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules on rows ask the server, and nobody sees that they do. */
@Timeout(120)
final class EstimateIT {
    private static final TestServer SERVER = TestServer.shared();
    private static final String NIGHT = "DELETE FROM users WHERE created_at < '2024-01-01'";
    private static final String FEW = "DELETE FROM users WHERE id = 3";

    private String database;
    private TestProxy proxy;
    private WireClient alice;
    private Approver bob;

    @BeforeEach
    void opens() {
        database = SERVER.freshDatabase();
        SERVER.run(database, """
                CREATE TABLE users (id int PRIMARY KEY, created_at date, name text);
                INSERT INTO users SELECT i, CASE WHEN i <= 1200 THEN date '2023-05-01' ELSE date '2025-05-01' END, 'n' FROM generate_series(1, 20000) i;
                CREATE TABLE orders (id int); INSERT INTO orders SELECT generate_series(1, 10);
                CREATE TABLE small (id int); INSERT INTO small SELECT generate_series(1, 4);
                CREATE TABLE "Odd; Name" (id int); INSERT INTO "Odd; Name" SELECT generate_series(1, 3000);
                CREATE TABLE parts (id int) PARTITION BY RANGE (id);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (1001);
                CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (1001) TO (4001);
                INSERT INTO parts SELECT generate_series(1, 4000);
                CREATE FUNCTION sneaky() RETURNS int LANGUAGE sql IMMUTABLE AS 'DELETE FROM orders RETURNING 1';
                CREATE FUNCTION loud() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RAISE NOTICE 'planned'; RETURN 100000; END$$;
                GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC;
                ANALYZE;
                """);
        proxy = TestProxy.start(SERVER.port(), "impact", Map.of("hold.expires", "20s"));
        alice = proxy.login("alice", database);
        bob = new Approver(proxy, "bob", database);
    }

    @AfterEach
    void closes() {
        alice.close();
        bob.close();
        proxy.close();
    }

    private static String types(List<ServerMessage> answer) {
        return answer.stream().map(message -> String.valueOf(message.type())).collect(Collectors.joining());
    }

    private String count(String table) {
        return SERVER.ask(database, "SELECT count(*) FROM " + table);
    }

    /** The notice of the hold that the last thing sent opened. */
    private ServerMessage held() {
        ServerMessage notice = alice.read();
        assertThat(notice.type()).as("%s", notice).isEqualTo('N');
        assertThat(notice.field('M')).startsWith("held by Sallyport");
        return notice;
    }

    @Test
    void delete_of_many_rows_is_held_with_their_number_and_one_of_few_is_not() {
        assertThat(types(alice.query(FEW))).isEqualTo("CZ");
        alice.send(Frontend.query(NIGHT));
        ServerMessage notice = held();
        assertThat(notice.field('D'))
                .contains("Rule \"many rows\"")
                .containsPattern(
                        "DELETE on users: about 1,[12]\\d\\d rows, (5\\.\\d|6(\\.\\d)?)% of about (20,000|19,999)");
        assertThat(bob.reject(Approver.code(notice), "no")).isTrue();
        assertThat(types(alice.readUntilReady())).isEqualTo("EZ");
        assertThat(count("users")).isEqualTo("19999");
        assertThat(proxy.scrape()).contains("sallyport_impact_estimates_total{outcome=\"told\"} 2.0");
    }

    @Test
    void parameters_are_the_clients_own() {
        String sql = "DELETE FROM users WHERE created_at < $1";
        alice.send(Frontend.parse("s", sql), Frontend.sync());
        alice.readUntilReady();
        alice.send(run("s", "1999-01-01"));
        assertThat(types(alice.readUntilReady())).isEqualTo("2CZ");
        alice.send(run("s", "2024-01-01"));
        assertThat(bob.approve(Approver.code(held()))).isTrue();
        assertThat(types(alice.readUntilReady())).isEqualTo("N2CZ");
        assertThat(count("users")).isEqualTo("18800");
    }

    private static byte[] run(String statement, String value) {
        return Frontend.join(Frontend.bind("", statement, value), Frontend.execute("", 0), Frontend.sync());
    }

    @Test
    void hold_by_another_rule_tells_the_number_too() {
        alice.send(Frontend.query("UPDATE orders SET id = 0 WHERE id > 3"));
        ServerMessage notice = held();
        assertThat(notice.field('D')).containsPattern("UPDATE on orders: about [678] rows, [678]0% of about 10");
        bob.reject(Approver.code(notice), "no");
        alice.readUntilReady();
    }

    @Test
    void a_share_is_compared_with_the_tables_size() {
        assertThat(types(alice.query("DELETE FROM small WHERE id = 1"))).isEqualTo("CZ");
        SERVER.run(database, "ANALYZE small");
        assertThat(types(alice.query("DELETE FROM small WHERE id < 4"))).isEqualTo("EZ");
        assertThat(types(alice.query("TRUNCATE small"))).isEqualTo("EZ");
        assertThat(count("small")).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM parts",
                "TRUNCATE parts",
                "/* x */ DELETE FROM \"Odd; Name\"",
                "WITH gone AS (DELETE FROM users WHERE id > 10 RETURNING id) SELECT count(*) FROM gone",
                "INSERT INTO orders SELECT id FROM users",
                "UPDATE users SET name = 'x' FROM orders WHERE users.created_at < '2030-01-01'",
                "SELECT 1; DELETE FROM users WHERE id > 5",
                "DELETE FROM nowhere",
                "COPY users FROM '/nowhere'",
                "EXPLAIN ANALYZE DELETE FROM users"
            })
    void statements_of_other_forms_are_held(String sql) {
        alice.send(Frontend.query(sql));
        bob.reject(Approver.code(held()), "no");
        assertThat(types(alice.readUntilReady())).isEqualTo("EZ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM parts WHERE id = 7",
                "DELETE FROM \"Odd; Name\" WHERE id = 2",
                "INSERT INTO orders VALUES (1), (2)",
                "WITH gone AS (DELETE FROM orders WHERE id = 1 RETURNING id) SELECT count(*) FROM gone",
                "DELETE FROM users WHERE false"
            })
    void small_statements_of_other_forms_pass(String sql) {
        assertThat(types(alice.query(sql))).endsWith("CZ").doesNotContain("E", "N");
    }

    @Test
    void function_that_calls_itself_immutable_cannot_write_while_it_is_planned() {
        alice.send(Frontend.query("DELETE FROM users WHERE id = sneaky()"));
        ServerMessage notice = held();
        assertThat(notice.field('D')).contains("how many rows is not known");
        assertThat(count("orders")).isEqualTo("10");
        bob.reject(Approver.code(notice), "no");
        alice.readUntilReady();
        alice.query("BEGIN");
        alice.send(Frontend.query("DELETE FROM users WHERE id = sneaky()"));
        assertThat(bob.reject(Approver.code(held()), "no")).isTrue();
        alice.readUntilReady();
        assertThat(count("orders")).isEqualTo("10");
    }

    @Test
    void nothing_of_it_is_seen_in_the_clients_transaction() {
        alice.query("BEGIN");
        alice.query("INSERT INTO orders SELECT 77 FROM generate_series(1, 5)");
        alice.query("SAVEPOINT sallyport_asks");
        assertThat(types(alice.query("DELETE FROM orders WHERE id = 77"))).isEqualTo("CZ");
        assertThat(types(alice.query("ROLLBACK TO sallyport_asks"))).isEqualTo("CZ");
        alice.send(Frontend.query(NIGHT));
        bob.approve(Approver.code(held()));
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(types(answer)).isEqualTo("NCZ");
        assertThat(answer.get(1).commandTag()).isEqualTo("DELETE 1200");
        assertThat(types(alice.query("COMMIT"))).isEqualTo("CZ");
        assertThat(count("orders")).isEqualTo("15");
    }

    @Test
    void a_question_that_fails_leaves_the_clients_transaction_as_it_was() {
        alice.query("BEGIN");
        alice.query("INSERT INTO orders VALUES (77)");
        alice.send(Frontend.query("DELETE FROM nowhere WHERE id = 1"));
        bob.approve(Approver.code(held()));
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(types(answer)).isEqualTo("NEZ");
        assertThat(answer.get(1).sqlState())
                .as("it ran, and the server's own error came")
                .isEqualTo("42P01");
        alice.query("ROLLBACK");
    }

    @Test
    void snapshot_of_a_stricter_transaction_is_not_taken_by_a_question() {
        alice.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
        alice.send(Frontend.query(FEW));
        ServerMessage notice = held();
        assertThat(notice.field('D')).contains("how many rows is not known");
        SERVER.run(database, "INSERT INTO orders VALUES (88)");
        bob.reject(Approver.code(notice), "no");
        alice.readUntilReady();
        alice.query("ROLLBACK");
    }

    @Test
    void unnamed_statement_survives_the_question() {
        alice.send(Frontend.parse("", "SELECT 42"), Frontend.sync());
        alice.readUntilReady();
        alice.send(
                Frontend.parse("d", "DELETE FROM users WHERE id = $1"),
                Frontend.bind("", "d", "9"),
                Frontend.execute("", 0),
                Frontend.sync());
        assertThat(types(alice.readUntilReady())).isEqualTo("12CZ");
        alice.send(Frontend.bind("", ""), Frontend.execute("", 0), Frontend.sync());
        assertThat(types(alice.readUntilReady())).isEqualTo("2DCZ");
    }

    @Test
    void notices_of_planning_are_not_told_twice() {
        assertThat(types(alice.query("DELETE FROM users WHERE id = loud()"))).isEqualTo("NCZ");
    }

    @Test
    void table_that_somebody_else_changes_is_not_waited_for() {
        try (WireClient admin = WireClient.login(SERVER.port(), "postgres", database)) {
            admin.query("BEGIN");
            admin.query("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
            alice.send(Frontend.query(FEW));
            ServerMessage notice = held();
            assertThat(notice.field('D')).contains("how many rows is not known");
            admin.query("ROLLBACK");
            assertThat(bob.approve(Approver.code(notice))).isTrue();
            assertThat(types(alice.readUntilReady())).isEqualTo("NCZ");
        }
        assertThat(proxy.scrape()).contains("sallyport_impact_estimates_total{outcome=\"unknown\"} 1.0");
    }

    @Test
    void cancel_while_the_server_is_asked_ends_it() throws SQLException {
        try (WireClient admin = WireClient.login(SERVER.port(), "postgres", database)) {
            admin.query("BEGIN");
            admin.query("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
            alice.send(Frontend.query(FEW));
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> !SERVER.ask(
                                    database,
                                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'EXPLAIN%users%'"
                                            + " AND wait_event_type = 'Lock'")
                            .equals("0"));
            try (WireClient canceller = WireClient.connect(proxy.port())) {
                canceller.send(Frontend.cancelRequest(alice.key()));
                canceller.readByte();
            }
            List<ServerMessage> answer = alice.readUntilReady();
            assertThat(types(answer)).isEqualTo("EZ");
            assertThat(answer.get(0).sqlState()).isEqualTo("57014");
            admin.query("ROLLBACK");
        }
        assertThat(types(alice.query("SELECT 1"))).isEqualTo("TDCZ");
        assertThat(count("users")).isEqualTo("20000");
    }

    @Test
    void a_driver_in_a_transaction_of_its_own_is_asked_about_too() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database + "?user=alice";
        for (String mode : List.of("extended", "simple")) {
            try (Connection connection = DriverManager.getConnection(url + "&preferQueryMode=" + mode);
                    PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM users WHERE created_at < ?::date")) {
                connection.setAutoCommit(false);
                delete.setString(1, "1999-01-01");
                assertThat(delete.executeUpdate()).isZero();
                delete.setString(1, "2024-01-01");
                Thread approver = new Thread(() -> bob.approve(bob.awaitHold()));
                approver.start();
                assertThat(delete.executeUpdate()).as(mode).isEqualTo(1200);
                approver.join();
                connection.rollback();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(Objects.requireNonNull(count("users"))).isEqualTo("20000");
    }

    @Test
    void many_executions_of_one_statement_are_all_asked_about() {
        byte[][] messages = new byte[42][];
        messages[0] = Frontend.parse("", "DELETE FROM users WHERE id <= $1");
        for (int i = 0; i < 40; i++) {
            messages[i + 1] = Frontend.join(
                    Frontend.bind("", "", i == 39 ? "15000" : String.valueOf(i)), Frontend.execute("", 0));
        }
        messages[41] = Frontend.sync();
        alice.send(messages);
        ServerMessage notice = held();
        assertThat(notice.field('D')).containsPattern("about 1[45],\\d\\d\\d rows, 7\\d% of");
        bob.reject(Approver.code(notice), "no");
        alice.readUntilReady();
        assertThat(count("users")).isEqualTo("20000");
    }
}
