package io.sallyport.proxy.it.token;

import static io.sallyport.proxy.it.token.TokenStage.error;
import static io.sallyport.proxy.it.token.TokenStage.outcome;
import static io.sallyport.proxy.it.token.TokenStage.request;
import static io.sallyport.proxy.it.token.TokenStage.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same text, made to mean something else than the approver read: by what comes before it, or by how the server reads it. */
@Timeout(120)
final class TokenMeaningIT {
    private static final String DELETE = "DELETE FROM t";
    private static final String ELSEWHERE = "SET search_path = other";

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

    private void present(String sql) {
        assertThat(stage.present(alice, stage.grant(bob, request(alice, sql)))).isEqualTo("SET");
    }

    private void assertApart(String outcome) {
        assertThat(outcome).startsWith("42501").contains("cannot run it as it is");
        assertThat(stage.rows("other.t")).isEqualTo("1");
        assertThat(stage.rows("t")).isEqualTo("2");
    }

    @Test
    void portal_of_an_earlier_batch_that_sets_search_path_does_not_go_with_it() {
        present(DELETE);
        alice.query("BEGIN");
        alice.send(Frontend.parse("s", ELSEWHERE), Frontend.bind("p", "s"), Frontend.sync());
        alice.readUntilReady();
        alice.send(
                Frontend.execute("p", 0),
                Frontend.parse("", DELETE),
                Frontend.bind("", ""),
                Frontend.execute("", 0),
                Frontend.sync());
        assertApart(outcome(alice.readUntilReady()));
    }

    @Test
    void held_statement_with_the_rest_of_an_earlier_portal_is_refused() {
        alice.query("BEGIN");
        alice.send(Frontend.parse("s", ELSEWHERE), Frontend.bind("p", "s"), Frontend.sync());
        alice.readUntilReady();
        alice.send(
                Frontend.execute("p", 0),
                Frontend.parse("", "UPDATE t SET i = 1"),
                Frontend.bind("", ""),
                Frontend.execute("", 0),
                Frontend.sync());
        assertThat(outcome(alice.readUntilReady())).startsWith("42501").contains("the rest of an earlier portal");
    }

    @Test
    void end_of_a_transaction_that_takes_a_setting_back_does_not_go_before_it() {
        present(DELETE);
        alice.query(ELSEWHERE);
        alice.query("BEGIN");
        alice.query("SET LOCAL search_path TO DEFAULT");
        assertApart(say(alice, "COMMIT; " + DELETE));
        alice.query("ROLLBACK");
        alice.query("RESET search_path");
        alice.query("BEGIN");
        alice.query("SAVEPOINT s");
        assertApart(say(alice, "ROLLBACK TO s; " + DELETE));
        alice.query("ROLLBACK");
        for (String before : List.of(
                "SELECT set_config('search_path', 'other', false)",
                "SET search_path = other",
                "SET transform_null_equals = on",
                "SET DateStyle = 'German'",
                "SET CONSTRAINTS ALL IMMEDIATE",
                "SET plpgsql.extra_errors = 'all'",
                "INSERT INTO other.t SELECT 5 FROM set_config('search_path', 'other', false)")) {
            assertApart(say(alice, before + "; " + DELETE));
        }
        assertThat(say(alice, "BEGIN; SET LOCAL lock_timeout = '5s'; " + DELETE + "; COMMIT"))
                .isEqualTo("COMMIT");
        assertThat(stage.rows("t")).isEqualTo("0");
    }

    @Test
    void delayed_statement_does_not_ride_on_it() {
        present(DELETE);
        assertApart(say(
                alice,
                DELETE + "; MERGE INTO other.t USING (SELECT 1 AS i) AS s ON t.i = s.i WHEN MATCHED THEN DO NOTHING"));
    }

    @Test
    void declared_types_are_part_of_it_and_shown() {
        String sql = "DELETE FROM t WHERE i < 3 - $1";
        byte[][] asInteger = {
            Frontend.parse("", sql, 23), Frontend.bind("", "", "2"), Frontend.execute("", 0), Frontend.sync()
        };
        alice.send(asInteger);
        String code = Approver.code(error(alice.readUntilReady()));
        assertThat(Rows.of(bob.query("SALLYPORT SHOW " + code))).contains(List.of("parameters", "$1 = '2' as integer"));
        stage.present(alice, stage.grant(bob, code));
        alice.send(Frontend.parse("", sql, 701), Frontend.bind("", "", "2"), Frontend.execute("", 0), Frontend.sync());
        assertThat(outcome(alice.readUntilReady())).startsWith("42501").contains("another statement");
        alice.send(asInteger);
        assertThat(outcome(alice.readUntilReady())).isEqualTo("DELETE 0");
    }

    @Test
    void letters_are_those_of_the_moment_when_it_was_read() {
        String sql = "DELETE FROM t WHERE name <> 'Zürich'";
        present(sql);
        alice.query("SET client_encoding = LATIN1");
        alice.send(Frontend.parse("s", sql), Frontend.sync());
        alice.readUntilReady();
        alice.query("SET client_encoding = UTF8");
        alice.send(Frontend.bind("", "s"), Frontend.execute("", 0), Frontend.sync());
        assertApart(outcome(alice.readUntilReady()));
        assertThat(sql.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(sql.length());
        assertThat(say(alice, sql)).isEqualTo("DELETE 2");
    }

    @Test
    void settings_by_which_values_are_read_are_those_of_the_request() {
        String sql = "DELETE FROM t WHERE name = NULL";
        present(sql);
        alice.query("SET transform_null_equals = on");
        assertThat(say(alice, sql)).startsWith("42501").contains("another kind of session");
        alice.query("RESET transform_null_equals");
        alice.query("SET DateStyle = 'German'");
        assertThat(error(alice.query(sql)).field('D')).contains("DateStyle=ISO, MDY", "DateStyle=German");
        alice.query("RESET DateStyle");
        assertThat(say(alice, sql)).isEqualTo("DELETE 0");
        String held = stage.grant(bob, hold("UPDATE t SET i = 3 WHERE name = NULL"));
        alice.query("SET transform_null_equals = on");
        stage.present(alice, held);
        assertThat(say(alice, "UPDATE t SET i = 3 WHERE name = NULL")).startsWith("42501");
    }

    /** The code of a hold that its requester has given up. */
    private String hold(String sql) {
        alice.send(Frontend.query(sql));
        String code = Approver.code(alice.readUntil('N').get(0));
        try (WireClient cancel = WireClient.connect(stage.proxy.port())) {
            cancel.send(Frontend.cancelRequest(alice.key()));
        }
        alice.readUntilReady();
        return code;
    }

    @Test
    void thousands_of_statements_are_too_much_for_one_token() {
        String many = (DELETE + ";").repeat(1_001);
        assertThat(error(alice.query(many)).field('H')).contains("it is too much at once");
    }
}
