package io.sallyport.proxy.it.impact;

import static io.sallyport.proxy.it.impact.EffectsStage.extended;
import static io.sallyport.proxy.it.impact.EffectsStage.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Before COMMIT it is looked at what was really done: the text tells nothing of triggers, cascades and functions. */
@Timeout(120)
final class EffectsIT {
    private EffectsStage stage;
    private WireClient alice;

    @BeforeEach
    void opens() {
        stage = new EffectsStage();
        alice = stage.alice;
    }

    @AfterEach
    void closes() {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            commentCharacter = '!',
            quoteCharacter = '`',
            value = {
                "SELECT deleter() # log: 10 rows deleted",
                "SELECT * FROM hiding # log: 10 rows deleted",
                "DO $$BEGIN EXECUTE 'DELETE FROM ' || 'log'; END$$ # log: 10 rows deleted",
                "INSERT INTO armed VALUES (1) # log: 10 rows deleted",
                "INSERT INTO late VALUES (1) # log: 10 rows deleted",
                "INSERT INTO ruled VALUES (1) # log: 10 rows deleted",
                "SELECT 5::guarded # log: 10 rows deleted",
                "EXPLAIN SELECT calm() # log: 10 rows deleted",
                "DELETE FROM t WHERE id < 3 # child: 6 rows deleted",
                "DELETE FROM seen WHERE id < 4 # t: 3 rows deleted",
                "WITH d AS (DELETE FROM log RETURNING n) SELECT count(*) FROM d # log: 10 rows deleted",
                "DELETE FROM parts # parts: 4 rows deleted",
                "TRUNCATE tiny # emptied, altered, dropped or made: public.tiny",
                "MERGE INTO log USING t ON log.n = t.id WHEN MATCHED THEN DELETE # log: 10 rows deleted",
                "EXPLAIN ANALYZE DELETE FROM log # log: 10 rows deleted"
            })
    void what_a_statement_does_behind_its_text_is_held(String sql, String effect) {
        alice.send(Frontend.query(sql));
        stage.reject(stage.held(effect));
        alice.send(extended(sql));
        stage.reject(stage.held(effect));
        assertThat(List.of(stage.count("log"), stage.count("t"), stage.count("tiny"), stage.count("parts")))
                .containsExactly("10", "10", "2", "4");
        assertThat(types(alice.query("SELECT 1"))).isEqualTo("TDCZ");
    }

    @Test
    void two_statements_in_one_string_are_counted_together() {
        alice.send(Frontend.query("DELETE FROM log WHERE n = 1; DELETE FROM log WHERE n > 8"));
        stage.reject(stage.held("log: 3 rows deleted"));
        assertThat(stage.count("log")).isEqualTo("10");
    }

    @Test
    void bind_without_execute_is_looked_at() {
        alice.send(Frontend.parse("c", "SELECT calm()"), Frontend.sync());
        assertThat(types(alice.readUntilReady())).isEqualTo("1Z");
        alice.send(Frontend.bind("", "c"), Frontend.sync());
        stage.reject(stage.held("log: 10 rows deleted"));
        assertThat(stage.count("log")).isEqualTo("10");
    }

    @Test
    void prepared_statement_by_its_name_is_looked_at() {
        alice.query("PREPARE p AS DELETE FROM log");
        List<ServerMessage> answer = alice.query("EXECUTE p");
        assertThat(types(answer))
                .as("nobody can be asked: names may stand for something else by then")
                .isEqualTo("EZ");
        assertThat(answer.get(0).field('D')).isEqualTo("log: 10 rows deleted");
        assertThat(stage.count("log")).isEqualTo("10");
    }

    @Test
    void approved_it_runs_again_and_answers_as_ever() {
        alice.send(Frontend.query("DELETE FROM log WHERE n > 5 RETURNING n"));
        assertThat(stage.bob.approve(stage.held("log: 5 rows deleted"))).isTrue();
        assertThat(types(alice.readUntilReady())).isEqualTo("NTDDDDDCZ");
        assertThat(stage.count("log")).isEqualTo("5");
        await().untilAsserted(() -> assertThat(String.join("\n", stage.proxy.audited()))
                .contains(
                        "\"event\":\"effects\"",
                        "\"outcome\":\"held\",\"rule\":\"deleted rows\",\"effects\":[\"log: 5 rows deleted\"]",
                        "\"outcome\":\"committed\"",
                        "\"command_tags\":[\"DELETE 5\"]"));
        assertThat(stage.proxy.scrape()).contains("sallyport_effects_total{outcome=\"held\"} 1.0");
    }

    @Test
    void named_statement_of_a_driver_is_prepared_once_more() {
        byte[] run = Frontend.join(
                Frontend.parse("s1", "DELETE FROM log WHERE n > $1::int"),
                Frontend.bind("", "s1", "5"),
                Frontend.describePortal(""),
                Frontend.execute("", 0),
                Frontend.sync());
        alice.send(run);
        assertThat(stage.bob.approve(stage.held("log: 5 rows deleted"))).isTrue();
        assertThat(types(alice.readUntilReady())).isEqualTo("N12nCZ");
        alice.send(Frontend.bind("", "s1", "4"), Frontend.execute("", 0), Frontend.sync());
        assertThat(types(alice.readUntilReady())).isEqualTo("2CZ");
        assertThat(stage.count("log")).isEqualTo("4");
    }

    @Test
    void more_than_was_approved_is_rolled_back() {
        alice.send(Frontend.query("DELETE FROM log WHERE n > 5"));
        String code = stage.held("log: 5 rows deleted");
        stage.server.run(stage.database, "INSERT INTO log VALUES (99)");
        assertThat(stage.bob.approve(code)).isTrue();
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(types(answer)).isEqualTo("NEZ");
        assertThat(answer.get(1).field('M')).isEqualTo("rolled back by Sallyport: it did more than what was approved");
        assertThat(answer.get(1).field('D')).isEqualTo("approved: log: 5 rows deleted\nthis time: log: 6 rows deleted");
        assertThat(stage.count("log")).isEqualTo("11");
        assertThat(types(alice.query("SELECT 1"))).isEqualTo("TDCZ");
    }

    @Test
    void denied_it_is_rolled_back_behind_its_answer() {
        List<ServerMessage> answer = alice.query("UPDATE log SET n = n WHERE n > 7");
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).sqlState()).isEqualTo("42501");
        assertThat(answer.get(0).field('M')).contains("rolled back by Sallyport: rule \"updated rows\"");
        assertThat(answer.get(0).field('D')).isEqualTo("it did: log: 3 rows updated");
        assertThat(types(alice.query("UPDATE log SET n = n WHERE n > 8"))).isEqualTo("CZ");
    }

    @Test
    void large_answer_that_has_begun_ends_in_an_error() {
        List<ServerMessage> answer = alice.query("SELECT repeat('x', 1000) FROM generate_series(1, 500), deleter()");
        assertThat(types(answer)).matches("TD{500}EZ");
        assertThat(stage.count("log")).isEqualTo("10");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void commit_of_the_clients_transaction_is_held(boolean approved) {
        alice.query("BEGIN");
        assertThat(types(alice.query("SELECT deleter()"))).isEqualTo("TDCZ");
        alice.send(Frontend.query("COMMIT"));
        ServerMessage notice = alice.read();
        assertThat(notice.field('D')).contains("it did: log: 10 rows deleted", "stays open");
        String code = io.sallyport.proxy.it.server.Approver.code(notice);
        if (approved) {
            assertThat(stage.bob.approve(code)).isTrue();
            assertThat(types(alice.readUntilReady())).isEqualTo("NCZ");
            assertThat(stage.count("log")).isEqualTo("0");
        } else {
            stage.reject(code);
            assertThat(types(alice.query("ROLLBACK"))).isEqualTo("CZ");
            assertThat(stage.count("log")).isEqualTo("10");
        }
    }

    @Test
    void what_is_deferred_to_commit_is_looked_at() {
        alice.query("BEGIN");
        assertThat(types(alice.query("INSERT INTO late VALUES (1)"))).isEqualTo("CZ");
        alice.send(extended("COMMIT"));
        ServerMessage notice = alice.read();
        assertThat(notice.field('D')).contains("it did: log: 10 rows deleted");
        stage.reject(io.sallyport.proxy.it.server.Approver.code(notice));
    }

    @Test
    void constraint_that_fails_at_commit_is_told_in_the_servers_words() {
        List<ServerMessage> answer = alice.query("INSERT INTO uniq VALUES (1)");
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).sqlState()).isEqualTo("23505");
        alice.query("BEGIN");
        assertThat(types(alice.query("INSERT INTO uniq VALUES (1)"))).isEqualTo("CZ");
        answer = alice.query("COMMIT");
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).sqlState()).isEqualTo("23505");
        alice.query("ROLLBACK");
        assertThat(stage.count("uniq")).isEqualTo("1");
    }

    @Test
    void transactions_one_after_the_other_are_counted_apart() {
        for (int i = 1; i <= 3; i++) {
            assertThat(types(alice.query("DELETE FROM log WHERE n IN (" + 2 * i + ", " + (2 * i - 1) + ")")))
                    .isEqualTo("CZ");
        }
        for (int i = 4; i <= 5; i++) {
            alice.query("BEGIN");
            assertThat(types(alice.query("DELETE FROM log WHERE n IN (" + 2 * i + ", " + (2 * i - 1) + ")")))
                    .isEqualTo("CZ");
            assertThat(types(alice.query("COMMIT"))).isEqualTo("CZ");
        }
        assertThat(stage.count("log")).isEqualTo("0");
    }

    @Test
    void a_chain_of_transactions_is_counted_apart() {
        alice.query("BEGIN");
        alice.query("DELETE FROM log WHERE n < 3");
        assertThat(types(alice.query("COMMIT AND CHAIN"))).isEqualTo("CZ");
        alice.query("DELETE FROM log WHERE n < 5");
        assertThat(types(alice.query("COMMIT"))).isEqualTo("CZ");
        assertThat(stage.count("log")).isEqualTo("6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN; DELETE FROM log; COMMIT",
                "DELETE FROM log; COMMIT; SELECT 1",
                "SAVEPOINT a; DELETE FROM log",
                "SET TRANSACTION READ WRITE; DELETE FROM log"
            })
    void strings_that_end_transactions_in_their_middle_are_refused(String sql) {
        List<ServerMessage> answer = alice.query(sql);
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).sqlState()).isEqualTo("0A000");
        assertThat(stage.count("log")).isEqualTo("10");
    }

    @Test
    void what_stands_behind_the_end_of_a_failed_transaction_is_refused() {
        alice.query("BEGIN");
        alice.query("SELECT 1 / 0");
        assertThat(types(alice.query("ROLLBACK; DELETE FROM log"))).isEqualTo("EZ");
        assertThat(stage.count("log")).isEqualTo("10");
        assertThat(types(alice.query("COMMIT"))).isEqualTo("CZ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DECLARE c CURSOR WITH HOLD FOR SELECT deleter()",
                "DO $$BEGIN EXECUTE 'DECLARE c CURSOR WITH HOLD FOR SELECT deleter()'; END$$"
            })
    void cursor_whose_query_runs_at_commit_is_over_every_limit(String sql) {
        alice.send(Frontend.query(sql));
        ServerMessage told = alice.read();
        assertThat(told.fields().toString()).contains("WITH HOLD runs its query at COMMIT");
        assertThat(alice.read().field('M')).startsWith("held by Sallyport");
        stage.reject(stage.bob.awaitHold());
        alice.query("BEGIN");
        alice.query(sql);
        alice.send(Frontend.query("COMMIT"));
        assertThat(alice.read().field('D')).contains("WITH HOLD runs its query at COMMIT");
        stage.reject(stage.bob.awaitHold());
        assertThat(stage.count("log")).isEqualTo("10");
    }
}
