package io.sallyport.proxy.it.token;

import static io.sallyport.proxy.it.token.TokenStage.error;
import static io.sallyport.proxy.it.token.TokenStage.outcome;
import static io.sallyport.proxy.it.token.TokenStage.request;
import static io.sallyport.proxy.it.token.TokenStage.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A token that limits rows lets nothing be committed that changes more. */
@Timeout(120)
final class TokenRowsIT {
    private static final String ALL = "DELETE FROM t";

    private TokenStage stage;
    private WireClient alice;
    private WireClient bob;

    @BeforeEach
    void opens() {
        stage = new TokenStage();
        alice = stage.login("alice");
        bob = stage.login("bob");
    }

    @AfterEach
    void closes() {
        alice.close();
        bob.close();
        stage.close();
    }

    private void presentFor(String sql, long rows) {
        assertThat(stage.present(alice, stage.grant(bob, request(alice, sql) + " ROWS " + rows)))
                .isEqualTo("SET");
    }

    private static String types(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() != 'N')
                .map(message -> String.valueOf(message.type()))
                .collect(Collectors.joining());
    }

    private void assertExceeded(List<ServerMessage> answer, String types, String told) {
        assertThat(types(answer)).isEqualTo(types);
        assertThat(error(answer).sqlState()).isEqualTo("42501");
        assertThat(error(answer).field('M'))
                .startsWith("stopped by Sallyport: " + told)
                .contains("at most 1 rows");
        assertThat(stage.rows("t")).isEqualTo("2");
    }

    @Test
    void more_rows_are_rolled_back_and_the_token_is_used() {
        presentFor(ALL, 1);
        assertExceeded(alice.query(ALL), "EZ", "DELETE 2");
        assertThat(say(alice, "SELECT 1")).isEqualTo("SELECT 1");
        assertThat(say(alice, ALL)).startsWith("42501").contains("denied by Sallyport");
        await().untilAsserted(() -> assertThat(String.join("\n", stage.proxy.audited()))
                .contains(
                        "\"event\":\"token_rows_exceeded\"",
                        "\"command_tag\":\"DELETE 2\"",
                        "\"command_tags\":[\"DELETE 2\"],\"sql_state\":\"42501\""));
        assertThat(stage.proxy.scrape()).contains("sallyport_tokens_total{event=\"rows_exceeded\"} 1.0");
    }

    @Test
    void as_many_rows_are_committed_and_answered_as_without_a_limit() {
        presentFor("DELETE FROM t RETURNING i, name", 2);
        List<ServerMessage> answer = alice.query("DELETE FROM t RETURNING i, name");
        assertThat(types(answer)).isEqualTo("TDDCZ");
        assertThat(outcome(answer)).isEqualTo("DELETE 2");
        assertThat(stage.rows("t")).isEqualTo("0");
        alice.send(Frontend.bind("", ""), Frontend.execute("", 0), Frontend.sync());
        assertThat(error(alice.readUntilReady()).sqlState())
                .as("a Query leaves no statement behind")
                .isEqualTo("26000");
    }

    @Test
    void transaction_of_the_client_is_aborted() {
        presentFor(ALL, 1);
        alice.query("BEGIN");
        alice.query("INSERT INTO other.t VALUES (7)");
        assertExceeded(alice.query(ALL), "EZ", "DELETE 2");
        assertThat(say(alice, "SELECT 1")).startsWith("25P02");
        assertThat(say(alice, "COMMIT")).isEqualTo("ROLLBACK");
        assertThat(stage.rows("other.t")).isEqualTo("1");
    }

    @Test
    void extended_protocol_is_limited_too() {
        String sql = "DELETE FROM t WHERE i >= $1::int";
        byte[][] run = {
            Frontend.parse("", sql),
            Frontend.bind("", "", "1"),
            Frontend.describePortal(""),
            Frontend.execute("", 0),
            Frontend.sync()
        };
        alice.send(run);
        String code = Approver.code(error(alice.readUntilReady()));
        stage.present(alice, stage.grant(bob, code + " ROWS 1"));
        alice.send(run);
        alice.send(Frontend.query("SELECT 2"));
        assertExceeded(alice.readUntilReady(), "12nEZ", "DELETE 2");
        assertThat(types(alice.readUntilReady())).isEqualTo("TDCZ");
        alice.send(run);
        code = Approver.code(error(alice.readUntilReady()));
        stage.present(alice, stage.grant(bob, code + " ROWS 2"));
        alice.send(run);
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(types(answer)).isEqualTo("12nCZ");
        assertThat(stage.rows("t")).isEqualTo("0");
    }

    @Test
    void driver_that_sends_begin_with_it_hears_the_error() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + stage.proxy.port() + "/" + stage.database + "?user=alice";
        for (String prefer : List.of("extended", "simple")) {
            String token = stage.grant(bob, request(alice, ALL) + " ROWS 1");
            try (Connection connection = DriverManager.getConnection(url + "&preferQueryMode=" + prefer);
                    Statement statement = connection.createStatement()) {
                statement.execute("SET sallyport.token = '" + token + "'");
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> statement.executeUpdate(ALL))
                        .as(prefer)
                        .hasMessageContaining("DELETE 2");
                connection.rollback();
            }
            assertThat(stage.rows("t")).isEqualTo("2");
        }
        String token = stage.grant(bob, request(alice, ALL) + " ROWS 2");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET sallyport.token = '" + token + "'");
            connection.setAutoCommit(false);
            assertThat(statement.executeUpdate(ALL)).isEqualTo(2);
            connection.commit();
        }
        assertThat(stage.rows("t")).isEqualTo("0");
    }

    @Test
    void what_cannot_be_counted_does_not_run() {
        presentFor(ALL, 5);
        for (String sql : List.of(ALL + "; SELECT 1", ALL + "; COMMIT", "BEGIN; " + ALL + "; COMMIT")) {
            List<ServerMessage> refused = alice.query(sql);
            assertThat(outcome(refused)).as(sql).startsWith("42501").contains("cannot be counted here");
        }
        alice.send(
                Frontend.parse("", ALL),
                Frontend.bind("", ""),
                Frontend.execute("", 0),
                Frontend.parse("", "COMMIT"),
                Frontend.bind("", ""),
                Frontend.execute("", 0),
                Frontend.sync());
        assertThat(outcome(alice.readUntilReady())).startsWith("42501").contains("cannot be counted here");
        alice.send(Frontend.parse("", ALL), Frontend.bind("", ""), Frontend.execute("", 0), Frontend.flush());
        ServerMessage refused = alice.readUntil('E').stream()
                .filter(message -> message.type() == 'E')
                .findFirst()
                .orElseThrow();
        assertThat(refused.field('M')).contains("cannot be counted here");
        alice.send(Frontend.sync());
        alice.readUntilReady();
        assertThat(stage.rows("t")).isEqualTo("2");
        assertThat(say(alice, ALL)).isEqualTo("DELETE 2");
    }

    /** The first Execute changes all rows and hands out some; the tag of the last counts those that it hands out itself. */
    @Test
    void portal_that_is_run_in_pieces_is_not_told_by_its_last_tag() {
        String sql = "DELETE FROM t RETURNING i";
        presentFor(sql, 1);
        alice.send(
                Frontend.parse("a", sql),
                Frontend.bind("pa", "a"),
                Frontend.parse("b", "BEGIN"),
                Frontend.bind("pb", "b"),
                Frontend.execute("pa", 1),
                Frontend.execute("pa", 0),
                Frontend.sync());
        assertThat(outcome(alice.readUntilReady())).startsWith("42501").contains("cannot be counted here");
        alice.send(Frontend.parse("", sql), Frontend.bind("", ""), Frontend.execute("", 1), Frontend.sync());
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(error(answer).field('M')).contains("the server told no number of rows");
        assertThat(stage.rows("t")).isEqualTo("2");
    }

    @Test
    void limit_that_cannot_be_kept_is_not_granted() {
        String hidden = "WITH gone AS (DELETE FROM t RETURNING i) DELETE FROM other.t";
        String code = request(alice, hidden);
        assertThat(say(bob, "SALLYPORT GRANT " + code + " ROWS 1"))
                .startsWith("22023")
                .contains("found DELETE within WITH");
        assertThat(say(bob, "SALLYPORT GRANT " + code + " ROWS 1 ROWS 2")).startsWith("42601");
        assertThat(say(bob, "SALLYPORT GRANT " + code + " ROWS many")).startsWith("42601");
        assertThat(stage.rows("t")).isEqualTo("2");
    }

    @Test
    void error_of_the_server_is_its_own() {
        String fails = "DELETE FROM t WHERE 1 / (i - 1) > 0";
        presentFor(fails, 5);
        List<ServerMessage> answer = alice.query(fails);
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(error(answer).sqlState()).isEqualTo("22012");
        String wrong = "DELETE FROM t WHERE nothing = 1";
        presentFor(wrong, 5);
        answer = alice.query(wrong);
        assertThat(error(answer).sqlState()).isEqualTo("42703");
        assertThat(error(answer).field('P')).isEqualTo("21");
        assertThat(say(alice, "SELECT 1")).isEqualTo("SELECT 1");
    }

    @Test
    void cancel_reaches_the_server_and_a_client_that_goes_commits_nothing() {
        String slow = "DELETE FROM t WHERE pg_sleep(30) IS NOT NULL";
        presentFor(slow, 5);
        alice.send(Frontend.query(slow));
        awaitRunning(slow);
        try (WireClient cancel = WireClient.connect(stage.proxy.port())) {
            cancel.send(Frontend.cancelRequest(alice.key()));
        }
        assertThat(error(alice.readUntilReady()).sqlState()).isEqualTo("57014");
        String shorter = "DELETE FROM t WHERE i = 1 AND pg_sleep(2) IS NOT NULL";
        presentFor(shorter, 5);
        alice.send(Frontend.query(shorter));
        awaitRunning(shorter);
        alice.reset();
        await().until(() -> TokenStage.SERVER
                .ask("postgres", "SELECT count(*) FROM pg_stat_activity WHERE query = '" + shorter + "'")
                .equals("0"));
        assertThat(stage.rows("t")).isEqualTo("2");
    }

    private static void awaitRunning(String sql) {
        await().until(() -> TokenStage.SERVER
                .ask(
                        "postgres",
                        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = '" + sql + "'")
                .equals("1"));
    }
}
