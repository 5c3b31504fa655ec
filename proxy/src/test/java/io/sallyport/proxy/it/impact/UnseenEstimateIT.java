package io.sallyport.proxy.it.impact;

import static io.sallyport.proxy.it.impact.EffectsStage.types;
import static io.sallyport.proxy.it.impact.EstimateStage.FEW;
import static io.sallyport.proxy.it.impact.EstimateStage.NIGHT;
import static io.sallyport.proxy.it.impact.EstimateStage.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server is asked, and the client sees nothing of it. */
@Timeout(120)
final class UnseenEstimateIT {
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
    void function_that_calls_itself_immutable_cannot_write_while_it_is_planned() {
        alice.send(Frontend.query("DELETE FROM users WHERE id = sneaky()"));
        ServerMessage notice = stage.held();
        assertThat(notice.field('D')).contains("how many rows is not known");
        assertThat(stage.count("orders")).isEqualTo("10");
        stage.bob.reject(Approver.code(notice), "no");
        alice.readUntilReady();
        alice.query("BEGIN");
        alice.send(Frontend.query("DELETE FROM users WHERE id = sneaky()"));
        assertThat(stage.bob.reject(Approver.code(stage.held()), "no")).isTrue();
        alice.readUntilReady();
        assertThat(stage.count("orders")).isEqualTo("10");
    }

    @Test
    void nothing_of_it_is_seen_in_the_clients_transaction() {
        alice.query("BEGIN");
        alice.query("INSERT INTO orders SELECT 77 FROM generate_series(1, 5)");
        alice.query("SAVEPOINT sallyport_asks");
        assertThat(types(alice.query("DELETE FROM orders WHERE id = 77"))).isEqualTo("CZ");
        assertThat(types(alice.query("ROLLBACK TO sallyport_asks"))).isEqualTo("CZ");
        alice.send(Frontend.query(NIGHT));
        stage.bob.approve(Approver.code(stage.held()));
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(types(answer)).isEqualTo("NCZ");
        assertThat(answer.get(1).commandTag()).isEqualTo("DELETE 1200");
        assertThat(types(alice.query("COMMIT"))).isEqualTo("CZ");
        assertThat(stage.count("orders")).isEqualTo("15");
    }

    @Test
    void a_question_that_fails_leaves_the_clients_transaction_as_it_was() {
        alice.query("BEGIN");
        alice.query("INSERT INTO orders VALUES (77)");
        alice.send(Frontend.query("DELETE FROM nowhere WHERE id = 1"));
        stage.bob.approve(Approver.code(stage.held()));
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
        ServerMessage notice = stage.held();
        assertThat(notice.field('D')).contains("how many rows is not known");
        SERVER.run(stage.database, "INSERT INTO orders VALUES (88)");
        stage.bob.reject(Approver.code(notice), "no");
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
        try (WireClient admin = WireClient.login(SERVER.port(), "postgres", stage.database)) {
            admin.query("BEGIN");
            admin.query("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
            alice.send(Frontend.query(FEW));
            ServerMessage notice = stage.held();
            assertThat(notice.field('D')).contains("how many rows is not known");
            admin.query("ROLLBACK");
            assertThat(stage.bob.approve(Approver.code(notice))).isTrue();
            assertThat(types(alice.readUntilReady())).isEqualTo("NCZ");
        }
        assertThat(stage.proxy.scrape()).contains("sallyport_impact_estimates_total{outcome=\"unknown\"} 1.0");
    }

    @Test
    void cancel_while_the_server_is_asked_ends_it() throws SQLException {
        try (WireClient admin = WireClient.login(SERVER.port(), "postgres", stage.database)) {
            admin.query("BEGIN");
            admin.query("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
            alice.send(Frontend.query(FEW));
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> !SERVER.ask(
                                    stage.database,
                                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'EXPLAIN%users%'"
                                            + " AND wait_event_type = 'Lock'")
                            .equals("0"));
            try (WireClient canceller = WireClient.connect(stage.proxy.port())) {
                canceller.send(Frontend.cancelRequest(alice.key()));
                canceller.readByte();
            }
            List<ServerMessage> answer = alice.readUntilReady();
            assertThat(types(answer)).isEqualTo("EZ");
            assertThat(answer.get(0).sqlState()).isEqualTo("57014");
            admin.query("ROLLBACK");
        }
        assertThat(types(alice.query("SELECT 1"))).isEqualTo("TDCZ");
        assertThat(stage.count("users")).isEqualTo("20000");
    }
}
