package io.sallyport.proxy.it.impact;

import static io.sallyport.proxy.it.impact.EffectsStage.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways by which something could be committed that nobody has looked at: none of them changes a row. */
@Timeout(120)
final class HiddenEffectsIT {
    private static final String ALL = "DELETE FROM log";

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

    private static byte[] run(String sql) {
        return Frontend.join(Frontend.parse("", sql), Frontend.bind("", ""), Frontend.execute("", 0));
    }

    private static byte[] bind(String portal, String sql) {
        return Frontend.join(Frontend.parse("", sql), Frontend.bind(portal, ""));
    }

    private void say(byte[]... messages) {
        alice.send(messages);
        alice.send(Frontend.sync());
    }

    private void assertRefused(String state) {
        ServerMessage error = alice.readUntilReady().stream()
                .filter(message -> message.type() == 'E')
                .findFirst()
                .orElseThrow();
        assertThat(error.sqlState()).isEqualTo(state);
    }

    private void assertNothingGone() {
        assertThat(stage.count("log")).isEqualTo("10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DECLARE c CURSOR FOR SELECT deleter(); FETCH ALL FROM c",
                "DECLARE c CURSOR FOR SELECT calm(); CLOSE c"
            })
    void cursor_within_one_string(String sql) {
        alice.send(Frontend.query(sql));
        stage.reject(stage.held("log: 10 rows deleted"));
        assertNothingGone();
    }

    @Test
    void batch_that_is_cut_before_its_execute() {
        byte[][] closes = new byte[20_000][];
        Arrays.fill(closes, Frontend.closeStatement("none"));
        say(bind("", ALL), Frontend.join(closes), Frontend.execute("", 0));
        assertRefused("42501");
        assertNothingGone();
        assertThat(types(alice.query("SELECT 1"))).isEqualTo("TDCZ");
    }

    @Test
    void portal_of_an_earlier_batch_in_front_of_commit() {
        alice.query("BEGIN");
        say(bind("d", ALL));
        alice.readUntilReady();
        say(Frontend.execute("d", 0), run("COMMIT"));
        assertRefused("0A000");
        alice.query("ROLLBACK");
        assertNothingGone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ROLLBACK"})
    void end_of_a_transaction_that_is_bound_for_later(String end) {
        alice.query("BEGIN");
        say(bind("c", end));
        assertRefused("0A000");
        alice.query("ROLLBACK");
        assertNothingGone();
    }

    @Test
    void rollback_behind_which_nobody_can_tell() {
        alice.query("BEGIN");
        alice.send(run("ROLLBACK"), Frontend.flush());
        say(run(ALL));
        assertRefused("0A000");
        alice.query("ROLLBACK");
        assertNothingGone();
    }

    @Test
    void savepoint_that_mends_a_failed_transaction_before_its_commit() {
        alice.query("BEGIN");
        alice.query("SAVEPOINT s");
        alice.query(ALL);
        alice.query("SAVEPOINT s2");
        alice.query("SELECT 1 / 0");
        alice.send(run("ROLLBACK TO s2"), Frontend.flush());
        say(run("COMMIT"));
        assertRefused("0A000");
        alice.query("ROLLBACK");
        assertNothingGone();
    }

    @Test
    void transaction_that_begins_without_a_sync() {
        alice.send(run("BEGIN"), run(ALL), Frontend.flush());
        say(run("COMMIT"));
        assertRefused("0A000");
        alice.query("ROLLBACK");
        assertNothingGone();
    }

    @Test
    void text_that_cannot_be_read() {
        alice.query("BEGIN");
        alice.query(ALL);
        assertThat(types(alice.query("selct 1; COMMIT"))).isEqualTo("EZ");
        alice.query("ROLLBACK");
        assertNothingGone();
    }

    @Test
    void session_that_calls_itself_otherwise_before_it_commits() {
        alice.query("BEGIN");
        alice.query(ALL);
        alice.query("SET application_name = 'billing'");
        alice.send(Frontend.query("COMMIT"));
        stage.reject(Approver.code(alice.read()));
        assertNothingGone();
    }

    @Test
    void function_that_is_called_like_a_word() {
        stage.server.run(
                stage.database,
                "CREATE FUNCTION concurrently(int) RETURNS int LANGUAGE sql AS 'DELETE FROM log; SELECT $1';"
                        + " ALTER TABLE tiny OWNER TO alice");
        alice.send(Frontend.query("ALTER TABLE tiny ALTER id TYPE int USING concurrently(id)"));
        stage.reject(stage.held("log: 10 rows deleted"));
        assertNothingGone();
    }

    @Test
    void copy_by_the_extended_protocol_is_answered_and_looked_at() {
        byte[] data = "1\n".getBytes(StandardCharsets.US_ASCII);
        say(run("COPY tiny FROM STDIN"));
        alice.readUntil('G');
        say(Frontend.copyData(data), Frontend.copyDone());
        assertThat(types(alice.readUntilReady())).isEqualTo("CZ");
        assertThat(stage.count("tiny")).isEqualTo("3");
        say(run("COPY armed FROM STDIN"));
        alice.readUntil('G');
        say(Frontend.copyData(data), Frontend.copyDone());
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(types(answer)).endsWith("EZ");
        assertNothingGone();
        assertThat(stage.count("armed")).isEqualTo("0");
    }

    @Test
    void query_that_the_server_swallows_behind_an_error_leaves_nothing_hanging() {
        alice.send(Frontend.parse("", "SELECT nonsense"), Frontend.query("SELECT 1"));
        say();
        assertThat(types(alice.readUntilReady())).isEqualTo("EZ");
        assertThat(types(alice.query("SELECT 1"))).isEqualTo("TDCZ");
    }

    @Test
    void text_that_was_approved_with_an_estimate_covers_no_other_table() {
        alice.send(Frontend.query("UPDATE asked SET id = 2"));
        ServerMessage notice = alice.read();
        assertThat(notice.field('D')).contains("UPDATE on asked, without WHERE: about 1 row");
        assertThat(stage.bob.approve(Approver.code(notice))).isTrue();
        assertThat(alice.read().field('M')).contains("approved by bob");
        stage.reject(stage.held("log: 10 rows deleted"));
        assertNothingGone();
        assertThat(stage.server.ask(stage.database, "SELECT id FROM asked")).isEqualTo("1");
    }

    @Test
    void text_that_was_approved_with_an_estimate_runs_where_it_does_that_alone() {
        alice.send(Frontend.query("DELETE FROM wanted"));
        ServerMessage notice = alice.read();
        assertThat(notice.field('D')).contains("DELETE on wanted, without WHERE: about 5 rows");
        assertThat(stage.bob.approve(Approver.code(notice))).isTrue();
        assertThat(types(alice.readUntilReady())).isEqualTo("NCZ");
        assertThat(stage.count("wanted")).isEqualTo("0");
    }
}
