package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.ROW;
import static io.sallyport.proxy.session.fakes.Server.ROW_DESCRIPTION;
import static io.sallyport.proxy.session.fakes.Server.SUSPENDED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.config.Limits;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import io.sallyport.proxy.session.fakes.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that runs something else than what was judged is found out, and nothing of its answer is passed on. */
class SelfCheckedTest extends StagedTest {
    private static final String ALARM =
            "E XX000 Sallyport: the server ran something else than what was judged; the session is ended";

    @BeforeEach
    void everything_passes() {
        stage.policy =
                () -> Policies.of("version: 1\nrules:\n  - {name: everybody, when: {user: \"*\"}, then: allow}\n");
    }

    private void assertAlarm() {
        assertThat(alice.toClient()).last().isEqualTo(ALARM);
        assertThat(alice.client.closed()).isTrue();
        assertThat(stage.metrics.scrape()).contains("sallyport_selfcheck_mismatches_total 1.0");
        assertThat(stage.directory.size()).isZero();
    }

    private void assertPassed(String... replies) {
        assertThat(alice.toClient()).containsExactly(replies);
        assertThat(stage.metrics.scrape()).contains("sallyport_selfcheck_mismatches_total 0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE 10",
                "UPDATE 1",
                "INSERT 0 1",
                "MERGE 3",
                "TRUNCATE TABLE",
                "DROP TABLE",
                "ALTER ROLE",
                "SELECTED",
                "SELECT 1 INTO",
                "SELECT x",
                ""
            })
    void a_select_that_was_something_else_ends_the_session(String tag) {
        alice.query("SELECT 1").server(ROW_DESCRIPTION, ROW, complete(tag), ready('I'));
        assertThat(alice.client.take()).containsExactly(ALARM);
        assertThat(alice.client.closed()).isTrue();
    }

    @Test
    void what_it_is_about_is_counted_and_written_down(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("audit.jsonl");
        try (Stage recorded = new Stage(new Limits(10, 1 << 20, 1 << 20, 64 << 10, 100), file, false)) {
            FakeSession bob = FakeSession.of(recorded, "bob");
            bob.query("SELECT 1; SELECT 2").server(complete("SELECT 1"), complete("DELETE 12000"), ready('I'));
            assertThat(recorded.metrics.scrape()).contains("sallyport_selfcheck_mismatches_total 1.0");
        }
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.contains("\"self_check\""))
                .singleElement()
                .asString()
                .contains(
                        "\"user\":\"bob\"",
                        "\"database\":\"shop\"",
                        "\"kinds\":[\"select\",\"select\"]",
                        "\"command_tag\":\"DELETE 12000\"",
                        "\"statement\":\"SELECT 1; SELECT 2\"");
    }

    @Test
    void more_answers_than_statements_end_the_session() {
        alice.query("SELECT 1").server(complete("SELECT 1"));
        assertPassed("C SELECT 1");
        alice.server(complete("SELECT 1"), ready('I'));
        assertAlarm();
    }

    @Test
    void statements_of_one_string_are_compared_in_their_order() {
        alice.query("SELECT 1; DELETE FROM t WHERE i = 1; SELECT 2")
                .server(complete("SELECT 1"), complete("DELETE 1"), complete("SELECT 1"), ready('I'));
        assertPassed("C SELECT 1", "C DELETE 1", "C SELECT 1", "Z I");
        alice.query("SELECT 1; DELETE FROM t WHERE i = 1")
                .server(complete("DELETE 1"), complete("SELECT 1"), ready('I'));
        assertAlarm();
    }

    @Test
    void an_execute_is_compared_with_what_its_portal_was_bound_to() {
        alice.sends(
                parse("a", "SELECT 1"),
                parse("b", "DELETE FROM t WHERE i = 1"),
                bind("p", "a"),
                bind("q", "b"),
                execute("p", 0),
                execute("q", 0),
                sync());
        alice.server(PARSED, PARSED, BOUND, BOUND, complete("SELECT 1"), complete("DELETE 1"), ready('I'));
        assertPassed("1", "1", "2", "2", "C SELECT 1", "C DELETE 1", "Z I");
        alice.sends(bind("p", "a"), bind("q", "b"), execute("q", 0), execute("p", 0), sync());
        alice.server(BOUND, BOUND, complete("DELETE 1"), complete("DELETE 1"), ready('I'));
        assertAlarm();
    }

    @Test
    void a_portal_that_is_taken_up_again_is_remembered() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.sends(parse("", "SELECT 1"), bind("p", ""), execute("p", 1), sync());
        alice.server(PARSED, BOUND, ROW, SUSPENDED, ready('T'));
        alice.sends(execute("p", 1), sync());
        alice.toClient();
        alice.server(complete("SELECT 1"), ready('T'));
        assertPassed("C SELECT 1", "Z T");
        alice.sends(execute("p", 1), sync());
        alice.server(complete("DELETE 1"), ready('T'));
        assertAlarm();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COMMIT | ROLLBACK",
                "START TRANSACTION | START TRANSACTION",
                "SELECT 1 INTO t | SELECT 1",
                "CREATE TABLE t AS SELECT 1 WITH NO DATA | CREATE TABLE AS",
                "CREATE TABLE t AS SELECT 1 | SELECT 1",
                "INSERT INTO t VALUES (1) | INSERT 0 1",
                "WITH x AS (DELETE FROM t WHERE i = 1 RETURNING 1) SELECT * FROM x | SELECT 1",
                "GRANT a TO b | GRANT ROLE",
                "selct 1 | DELETE 10",
                "EXPLAIN ANALYZE DELETE FROM t WHERE i = 1 | EXPLAIN"
            })
    void what_the_server_may_say_raises_no_alarm(String sql, String tag) {
        alice.query(sql).server(complete(tag), ready('I'));
        assertPassed("C " + tag, "Z I");
    }

    @Test
    void an_execute_of_sql_may_have_the_tag_of_what_it_runs_and_no_other() {
        alice.query("PREPARE p AS DELETE FROM t WHERE i = 1").server(complete("PREPARE"), ready('I'));
        alice.query("EXECUTE p").server(complete("DELETE 3"), ready('I'));
        assertPassed("C PREPARE", "Z I", "C DELETE 3", "Z I");
        alice.query("EXECUTE p").server(complete("DROP TABLE"), ready('I'));
        assertAlarm();
    }

    @Test
    void a_tag_that_comes_in_pieces_is_read_whole() {
        byte[] tag = complete("DELETE 10");
        alice.query("SELECT 1").server(Arrays.copyOf(tag, 7));
        assertThat(alice.client.take()).isEmpty();
        alice.server(Arrays.copyOfRange(tag, 7, tag.length));
        assertAlarm();
    }

    @Test
    void nothing_more_is_sent_to_the_server() {
        alice.query("SELECT 1").query("SELECT 2");
        assertThat(alice.toServer()).isEqualTo(List.of("Q SELECT 1", "Q SELECT 2"));
        alice.server(complete("DELETE 10"), ready('I'));
        alice.query("SELECT 3");
        assertThat(alice.toServer()).isEmpty();
        assertThat(alice.upstream.closed()).isTrue();
    }
}
