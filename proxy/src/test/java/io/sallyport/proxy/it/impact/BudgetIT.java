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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand small deletes meet the same second person as a large one. */
@Timeout(120)
final class BudgetIT {
    private static final TestServer SERVER = TestServer.shared();

    private String database;
    private TestProxy proxy;
    private WireClient alice;
    private Approver bob;

    @BeforeEach
    void opens() {
        database = SERVER.freshDatabase();
        SERVER.run(database, """
                CREATE TABLE users (id int PRIMARY KEY, name text); INSERT INTO users SELECT i, 'n' FROM generate_series(1, 20000) i;
                CREATE TABLE orders (id int PRIMARY KEY, of int REFERENCES users ON DELETE CASCADE);
                INSERT INTO orders SELECT i, 20000 - i % 100 FROM generate_series(1, 5000) i;
                CREATE SCHEMA app; CREATE TABLE app.users (id int PRIMARY KEY); INSERT INTO app.users SELECT generate_series(1, 2000);
                CREATE TABLE parts (id int) PARTITION BY RANGE (id);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (101);
                CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (101) TO (201);
                INSERT INTO parts SELECT generate_series(1, 200);
                GRANT USAGE ON SCHEMA app TO PUBLIC;
                GRANT ALL ON ALL TABLES IN SCHEMA public, app TO PUBLIC;
                ANALYZE;
                """);
        proxy = TestProxy.start(SERVER.port(), "budget", Map.of("hold.expires", "20s"));
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

    private void passes(WireClient who, String sql) {
        assertThat(types(who.query(sql))).as(sql).matches("C+Z");
    }

    private static void deletes(WireClient who, int from, int to) {
        for (int i = from; i <= to; i++) {
            assertThat(types(who.query("DELETE FROM users WHERE id = " + i)))
                    .as("row %s", i)
                    .isEqualTo("CZ");
        }
    }

    /** The sum that whoever approves reads; then it is rejected. */
    private String heldWith(WireClient who, String sql) {
        who.send(Frontend.query(sql));
        ServerMessage notice = who.read();
        assertThat(notice.type()).as("%s", notice).isEqualTo('N');
        assertThat(notice.field('M')).startsWith("held by Sallyport");
        assertThat(bob.reject(Approver.code(notice), "no")).isTrue();
        assertThat(types(who.readUntilReady())).isEqualTo("EZ");
        return notice.field('D');
    }

    @Test
    void a_thousand_small_deletes_are_held_at_the_next_one() {
        deletes(alice, 1, 1000);
        assertThat(heldWith(alice, "DELETE FROM users WHERE id = 1001"))
                .contains("Rule \"many small deletes\"")
                .contains("alice deleted 1,000 rows of users in the last 1h; with this about 1,001");
        assertThat(count("users")).isEqualTo("19000");
        await().untilAsserted(() -> assertThat(String.join("\n", proxy.audited()))
                .contains("\"sums\":[\"alice deleted 1,000 rows of users in the last 1h; with this about 1,001\"]"));
        assertThat(proxy.scrape()).contains("sallyport_budget_sums ").contains("sallyport_budget_lost_total 0.0");
        passes(alice, "UPDATE users SET name = 'x' WHERE id = 1002");
        try (WireClient dave = proxy.login("bob", database)) {
            deletes(dave, 1001, 1001);
        }
    }

    @Test
    void approved_it_runs_and_counts_and_resets_nothing() {
        passes(alice, "DELETE FROM users WHERE id <= 990");
        alice.send(Frontend.query("DELETE FROM users WHERE id BETWEEN 991 AND 1100"));
        assertThat(bob.approve(Approver.code(alice.read()))).isTrue();
        assertThat(types(alice.readUntilReady())).isEqualTo("NCZ");
        assertThat(heldWith(alice, "DELETE FROM users WHERE id = 1200")).contains("alice deleted 1,100 rows of users");
    }

    @Test
    void what_was_rolled_back_does_not_count_and_what_is_open_does() {
        passes(alice, "BEGIN");
        passes(alice, "DELETE FROM users WHERE id <= 900");
        try (WireClient other = proxy.login("alice", database)) {
            assertThat(heldWith(other, "DELETE FROM users WHERE id BETWEEN 2000 AND 2899"))
                    .contains("alice deleted 900 rows of users in the last 1h");
            passes(alice, "ROLLBACK");
            passes(other, "DELETE FROM users WHERE id BETWEEN 2000 AND 2899");
        }
        passes(alice, "BEGIN");
        for (int i = 1; i <= 50; i++) {
            passes(alice, "DELETE FROM users WHERE id = " + i);
        }
        passes(alice, "COMMIT");
        assertThat(heldWith(alice, "DELETE FROM users WHERE id BETWEEN 5000 AND 5999"))
                .contains("alice deleted 950 rows of users");
        assertThat(count("users")).isEqualTo("19050");
    }

    @Test
    void an_error_in_a_string_takes_its_rows_off_again() {
        assertThat(types(alice.query("DELETE FROM users WHERE id <= 900; SELECT 1/0")))
                .isEqualTo("CEZ");
        passes(alice, "DELETE FROM users WHERE id <= 950");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM public.users WHERE id = 7",
                "DELETE FROM \"users\" WHERE id = 7",
                "delete from only Users as u using orders where u.id = 7 and orders.id = 7",
                "DELETE FROM U&\"\\0075sers\" WHERE id = 7",
                "WITH d AS (DELETE FROM users WHERE id = 7 RETURNING id) SELECT * FROM d",
                "DELETE FROM app.users WHERE id = 7",
                "TRUNCATE users"
            })
    void spellings_of_a_table_meet_in_one_sum(String sql) {
        passes(alice, "DELETE FROM users WHERE id > 19000");
        assertThat(heldWith(alice, sql)).contains("alice deleted 1,000 rows of ");
        assertThat(count("users")).isEqualTo("19000");
    }

    @Test
    void tables_of_two_schemas_are_apart_where_they_are_named_with_them() {
        passes(alice, "DELETE FROM public.users WHERE id > 19000");
        passes(alice, "DELETE FROM app.users WHERE id = 7");
    }

    @Test
    void partitions_count_together_where_the_budget_names_them() {
        passes(alice, "DELETE FROM parts_1 WHERE id <= 6");
        assertThat(types(alice.query("DELETE FROM parts_2 WHERE id > 194"))).isEqualTo("EZ");
        assertThat(count("parts")).isEqualTo("194");
    }

    @Test
    void writes_inside_a_with_count_by_their_estimate() {
        String inside = "WITH d AS (DELETE FROM users WHERE id <= 900 RETURNING id) SELECT count(*) FROM d";
        assertThat(types(alice.query(inside))).isEqualTo("TDCZ");
        assertThat(heldWith(alice, "DELETE FROM users WHERE id BETWEEN 2000 AND 2899"))
                .containsPattern("alice deleted (8[5-9]|9[0-4])\\d rows of users");
    }

    @Test
    void its_time_passes() {
        passes(alice, "UPDATE users SET name = 'x' WHERE id <= 8");
        List<ServerMessage> answer = alice.query("UPDATE users SET name = 'y' WHERE id <= 8");
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).field('D'))
                .contains("alice updated 8 rows of users in the last 2s; with this about 1");
        await().until(() ->
                types(alice.query("UPDATE users SET name = 'y' WHERE id <= 8")).equals("CZ"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple"})
    void batches_of_a_driver_are_counted(String mode) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database + "?user=alice&preferQueryMode=";
        try (Connection connection = DriverManager.getConnection(url + mode);
                PreparedStatement delete = connection.prepareStatement("DELETE FROM users WHERE id = ?")) {
            for (int from = 1; from < 1000; from += 250) {
                for (int i = from; i < from + 250; i++) {
                    delete.setInt(1, i);
                    delete.addBatch();
                }
                assertThat(delete.executeBatch()).hasSize(250);
            }
        }
        assertThat(heldWith(alice, "DELETE FROM users WHERE id = 1001")).contains("alice deleted 1,000 rows of users");
    }

    @Test
    void measured_before_commit_it_is_counted_exactly_and_with_what_cascades() {
        try (WireClient gated = WireClient.connect(proxy.port())) {
            gated.send(Frontend.startup(
                    Frontend.PROTOCOL_3_0, "user", "alice", "database", database, "application_name", "gated"));
            gated.authenticate("alice", TestServer.PASSWORD);
            passes(gated, "DELETE FROM users WHERE id > 19900");
            passes(gated, "BEGIN");
            passes(gated, "DELETE FROM users WHERE id <= 800");
            passes(gated, "COMMIT");
            passes(gated, "BEGIN");
            passes(gated, "DELETE FROM users WHERE id BETWEEN 801 AND 850");
            passes(gated, "ROLLBACK");
        }
        assertThat(count("orders")).isEqualTo("0");
        assertThat(heldWith(alice, "DELETE FROM users WHERE id BETWEEN 5000 AND 5150"))
                .containsPattern("alice deleted 900 rows of users in the last 1h; with this about 1,0\\d\\d");
    }

    @Test
    void a_client_that_does_not_wait_for_the_answer_is_counted() {
        try (WireClient other = proxy.login("alice", database)) {
            other.send(Frontend.query("DELETE FROM users WHERE id <= 900"));
        }
        await().until(() -> count("users").equals("19100"));
        await().until(() -> proxy.sessions() == 2);
        assertThat(heldWith(alice, "DELETE FROM users WHERE id BETWEEN 2000 AND 2899"))
                .containsPattern("alice deleted (8[5-9]|9[0-4])\\d rows of users");
    }
}
