package io.sallyport.proxy.it.impact;

import static io.sallyport.proxy.it.impact.EffectsStage.types;
import static io.sallyport.proxy.it.impact.EstimateStage.FEW;
import static io.sallyport.proxy.it.impact.EstimateStage.NIGHT;
import static io.sallyport.proxy.it.impact.EstimateStage.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules on rows ask the server. */
@Timeout(120)
final class EstimateIT {
    private EstimateStage stage;
    private WireClient alice;

    @BeforeEach
    void opens() {
        stage = new EstimateStage();
        alice = stage.alice;
    }

    @AfterEach
    void closes() {
        stage.close();
    }

    @Test
    void delete_of_many_rows_is_held_with_their_number_and_one_of_few_is_not() {
        assertThat(types(alice.query(FEW))).isEqualTo("CZ");
        alice.send(Frontend.query(NIGHT));
        ServerMessage notice = stage.held();
        assertThat(notice.field('D'))
                .contains("Rule \"many rows\"")
                .containsPattern(
                        "DELETE on users: about 1,[12]\\d\\d rows, (5\\.\\d|6(\\.\\d)?)% of about (20,000|19,999)");
        assertThat(stage.bob.reject(Approver.code(notice), "no")).isTrue();
        assertThat(types(alice.readUntilReady())).isEqualTo("EZ");
        assertThat(stage.count("users")).isEqualTo("19999");
        assertThat(stage.proxy.scrape()).contains("sallyport_impact_estimates_total{outcome=\"told\"} 2.0");
    }

    @Test
    void parameters_are_the_clients_own() {
        String sql = "DELETE FROM users WHERE created_at < $1";
        alice.send(Frontend.parse("s", sql), Frontend.sync());
        alice.readUntilReady();
        alice.send(run("s", "1999-01-01"));
        assertThat(types(alice.readUntilReady())).isEqualTo("2CZ");
        alice.send(run("s", "2024-01-01"));
        assertThat(stage.bob.approve(Approver.code(stage.held()))).isTrue();
        assertThat(types(alice.readUntilReady())).isEqualTo("N2CZ");
        assertThat(stage.count("users")).isEqualTo("18800");
    }

    private static byte[] run(String statement, String value) {
        return Frontend.join(Frontend.bind("", statement, value), Frontend.execute("", 0), Frontend.sync());
    }

    @Test
    void hold_by_another_rule_tells_the_number_too() {
        alice.send(Frontend.query("UPDATE orders SET id = 0 WHERE id > 3"));
        ServerMessage notice = stage.held();
        assertThat(notice.field('D')).containsPattern("UPDATE on orders: about [678] rows, [678]0% of about 10");
        stage.bob.reject(Approver.code(notice), "no");
        alice.readUntilReady();
    }

    @Test
    void a_share_is_compared_with_the_tables_size() {
        assertThat(types(alice.query("DELETE FROM small WHERE id = 1"))).isEqualTo("CZ");
        SERVER.run(stage.database, "ANALYZE small");
        assertThat(types(alice.query("DELETE FROM small WHERE id < 4"))).isEqualTo("EZ");
        assertThat(types(alice.query("TRUNCATE small"))).isEqualTo("EZ");
        assertThat(stage.count("small")).isEqualTo("3");
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
        stage.bob.reject(Approver.code(stage.held()), "no");
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
    void a_driver_in_a_transaction_of_its_own_is_asked_about_too() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + stage.proxy.port() + "/" + stage.database + "?user=alice";
        for (String mode : List.of("extended", "simple")) {
            try (Connection connection = DriverManager.getConnection(url + "&preferQueryMode=" + mode);
                    PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM users WHERE created_at < ?::date")) {
                connection.setAutoCommit(false);
                delete.setString(1, "1999-01-01");
                assertThat(delete.executeUpdate()).isZero();
                delete.setString(1, "2024-01-01");
                Thread approver = new Thread(() -> stage.bob.approve(stage.bob.awaitHold()));
                approver.start();
                assertThat(delete.executeUpdate()).as(mode).isEqualTo(1200);
                approver.join();
                connection.rollback();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(Objects.requireNonNull(stage.count("users"))).isEqualTo("20000");
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
        ServerMessage notice = stage.held();
        assertThat(notice.field('D')).containsPattern("about 1[45],\\d\\d\\d rows, 7\\d% of");
        stage.bob.reject(Approver.code(notice), "no");
        alice.readUntilReady();
        assertThat(stage.count("users")).isEqualTo("20000");
    }
}
