package io.sallyport.proxy.it.impact;

import static io.sallyport.proxy.it.impact.EffectsStage.extended;
import static io.sallyport.proxy.it.impact.EffectsStage.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held is run once and rolled back, so that whoever approves knows what it does, and agrees to no more. */
@Timeout(120)
final class RehearsalIT {
    private EffectsStage stage;
    private WireClient alice;

    @BeforeEach
    void opens() {
        stage = new EffectsStage(
                TestServer.shared(), "rehearsal", "plain", Map.of("impact.rehearsal_timeout", "1500ms"));
        alice = stage.alice;
    }

    @AfterEach
    void closes() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void approver_reads_what_it_does_and_then_it_is_done(boolean simple) {
        String sql = "DELETE FROM t WHERE id < 3";
        alice.send(simple ? Frontend.query(sql) : extended(sql));
        String code = stage.heldSaying("rehearsed: t: 2 rows deleted", "rehearsed: child: 6 rows deleted");
        assertThat(List.of(stage.count("t"), stage.count("child"))).containsExactly("10", "30");
        assertThat(types(stage.approved(code))).isEqualTo(simple ? "NCZ" : "N12nCZ");
        assertThat(List.of(stage.count("t"), stage.count("child"))).containsExactly("8", "24");
        assertThat(types(alice.query("SELECT 1"))).isEqualTo("TDCZ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void in_the_clients_transaction_it_is_behind_a_savepoint(boolean simple) {
        alice.query("BEGIN");
        alice.query("SAVEPOINT mine");
        String sql = "DELETE FROM t WHERE id < 3 RETURNING id";
        alice.send(simple ? Frontend.query(sql) : extended(sql));
        String code = stage.heldSaying("rehearsed: t: 2 rows deleted", "rehearsed: child: 6 rows deleted");
        List<ServerMessage> answer = stage.approved(code);
        assertThat(types(answer)).isEqualTo(simple ? "NTDDCZ" : "N12TDDCZ");
        assertThat(answer.get(answer.size() - 1).status()).isEqualTo('T');
        assertThat(Rows.of(alice.query("SELECT count(*) FROM t"))).containsExactly(List.of("8"));
        alice.query("ROLLBACK TO mine");
        assertThat(Rows.of(alice.query("SELECT count(*) FROM t"))).containsExactly(List.of("10"));
        alice.query("COMMIT");
        assertThat(stage.count("t")).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void more_than_what_was_approved_is_rolled_back(boolean simple, boolean inTransaction) {
        if (inTransaction) {
            alice.query("BEGIN");
        }
        String sql = "DELETE FROM tiny WHERE id < 10 RETURNING id";
        alice.send(simple ? Frontend.query(sql) : extended(sql));
        String code = stage.heldSaying("rehearsed: tiny: 2 rows deleted");
        stage.server.run(stage.database, "INSERT INTO tiny VALUES (3)");
        List<ServerMessage> answer = stage.approved(code);
        assertThat(types(answer)).endsWith("EZ");
        ServerMessage error = answer.get(answer.size() - 2);
        assertThat(error.field('C')).isEqualTo("42501");
        assertThat(error.field('D')).contains("approved: tiny: 2 rows deleted", "this time: tiny: 3 rows deleted");
        assertThat(answer.get(answer.size() - 1).status()).isEqualTo(inTransaction ? 'E' : 'I');
        if (inTransaction) {
            assertThat(alice.query("SELECT 1").get(0).field('C')).isEqualTo("25P02");
            alice.query("ROLLBACK");
        }
        assertThat(stage.count("tiny")).isEqualTo("3");
        assertThat(types(alice.query("SELECT 1"))).isEqualTo("TDCZ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_fails_is_told_at_once_and_nobody_is_asked(boolean inTransaction) {
        if (inTransaction) {
            alice.query("BEGIN");
        }
        List<ServerMessage> answer = alice.query("DELETE FROM t WHERE id / 0 = 1");
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).field('C')).isEqualTo("22012");
        assertThat(answer.get(1).status()).isEqualTo(inTransaction ? 'E' : 'I');
        answer = alice.query("ROLLBACK");
        assertThat(answer.get(answer.size() - 1).status()).isEqualTo('I');
        assertThat(stage.bob.noHolds()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "VACUUM tiny # not rehearsed: vacuum cannot run in a transaction",
                "SELECT calm() # not rehearsed: it calls calm, which is not known to leave nothing behind",
                "DELETE FROM tiny WHERE id > nextval('s') # not rehearsed: it calls nextval",
                "DO $$BEGIN DELETE FROM tiny; END$$ # not rehearsed: what do runs is in no text"
            })
    void what_cannot_be_rehearsed_is_held_without_numbers(String sql, String why) {
        alice.send(Frontend.query(sql));
        String code = stage.heldSaying(why);
        assertThat(stage.bob.reject(code, "no")).isTrue();
        assertThat(types(alice.readUntilReady())).endsWith("EZ");
    }

    @Test
    void function_that_the_rule_knows_is_rehearsed() {
        alice.send(Frontend.query("SELECT deleter()"));
        assertThat(types(stage.approved(stage.heldSaying("rehearsed: log: 10 rows deleted"))))
                .isEqualTo("NTDCZ");
        assertThat(stage.count("log")).isEqualTo("0");
    }

    @Test
    void drop_is_rehearsed_too() {
        alice.send(Frontend.query("DROP TABLE tiny"));
        List<ServerMessage> answer = alice.readUntilReady();
        // alice does not own it: that is told at once.
        assertThat(answer.get(0).field('C')).isEqualTo("42501");
        assertThat(answer.get(0).field('M')).contains("must be owner");
    }

    @Test
    void rule_that_requires_it_refuses_what_cannot_be_rehearsed() {
        List<ServerMessage> answer = alice.query("VACUUM strict");
        assertThat(answer.get(0).field('C')).isEqualTo("42501");
        assertThat(answer.get(0).field('M'))
                .contains("wants it rehearsed first, and vacuum cannot run in a transaction");
        alice.send(Frontend.query("DELETE FROM strict"));
        assertThat(types(stage.approved(stage.heldSaying("rehearsed: strict: 1 row deleted"))))
                .isEqualTo("NCZ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lock_of_others_is_not_waited_for(boolean inTransaction) {
        if (inTransaction) {
            alice.query("BEGIN");
        }
        try (WireClient other = WireClient.login(stage.server.port(), "postgres", stage.database)) {
            other.query("BEGIN; UPDATE tiny SET id = 9 WHERE id = 1");
            alice.send(Frontend.query("DELETE FROM tiny"));
            String code = stage.heldSaying("not rehearsed: others hold a lock that it needs");
            other.query("ROLLBACK");
            assertThat(types(stage.approved(code))).isEqualTo("NCZ");
        }
        assertThat(Rows.of(alice.query("SELECT count(*) FROM tiny"))).containsExactly(List.of("0"));
    }

    @Test
    void what_takes_too_long_is_held_without_numbers() {
        alice.send(Frontend.query("DELETE FROM tiny WHERE pg_sleep(1) IS NOT NULL"));
        String code = stage.heldSaying("not rehearsed: it takes longer than impact.rehearsal_timeout");
        assertThat(types(stage.approved(code))).isEqualTo("NCZ");
        assertThat(stage.count("tiny")).isEqualTo("0");
    }

    @Test
    void named_statement_that_it_prepares_is_prepared_once() {
        alice.send(Frontend.join(
                Frontend.parse("mine", "DELETE FROM tiny WHERE id = 1"),
                Frontend.bind("", "mine"),
                Frontend.execute("", 0),
                Frontend.sync()));
        assertThat(types(stage.approved(stage.heldSaying("rehearsed: tiny: 1 row deleted"))))
                .isEqualTo("N12CZ");
        alice.send(Frontend.join(Frontend.bind("", "mine"), Frontend.execute("", 0), Frontend.sync()));
        assertThat(types(stage.approved(stage.heldSaying("rehearsed: it changes nothing"))))
                .isEqualTo("N2CZ");
    }

    @Test
    void notices_and_long_answers_are_told_once() {
        alice.send(Frontend.query("DELETE FROM loud"));
        assertThat(types(stage.approved(stage.heldSaying("rehearsed: loud: 1 row deleted"))))
                .isEqualTo("NNCZ");
        alice.send(Frontend.query("UPDATE t SET name = repeat('x', 20000) RETURNING name"));
        assertThat(types(stage.approved(stage.heldSaying("rehearsed: t: 10 rows updated"))))
                .isEqualTo("NTDDDDDDDDDDCZ");
    }

    @Test
    void at_commit_everything_counts_once_more_where_the_session_is_looked_at() {
        WireClient plain = alice;
        alice = stage.login("gated");
        stage.alice = alice;
        alice.query("BEGIN");
        alice.send(Frontend.query("DELETE FROM log WHERE n < 6"));
        assertThat(types(stage.approved(stage.heldSaying("rehearsed: log: 5 rows deleted"))))
                .isEqualTo("NCZ");
        alice.send(Frontend.query("COMMIT"));
        assertThat(types(stage.approved(stage.heldSaying("log: 10 rows deleted"))))
                .isEqualTo("NCZ");
        assertThat(stage.count("log")).isEqualTo("5");
        alice.close();
        alice = plain;
        stage.alice = plain;
    }
}
