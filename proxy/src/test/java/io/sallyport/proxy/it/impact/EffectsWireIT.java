package io.sallyport.proxy.it.impact;

import static io.sallyport.proxy.it.impact.EffectsStage.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client sees on the wire while it is looked at what was done: what it would see anyway. */
@Timeout(120)
final class EffectsWireIT {
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

    private static byte[] extended(String sql) {
        return Frontend.join(
                Frontend.parse("", sql),
                Frontend.bind("", ""),
                Frontend.describePortal(""),
                Frontend.execute("", 0),
                Frontend.sync());
    }

    @Test
    void messages_up_to_flush_are_looked_at_when_sync_comes() {
        alice.send(
                Frontend.parse("", "DELETE FROM log"),
                Frontend.bind("", ""),
                Frontend.execute("", 0),
                Frontend.flush());
        assertThat(types(alice.readUntil('C'))).isEqualTo("12C");
        alice.send(Frontend.sync());
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).sqlState()).isEqualTo("42501");
        assertThat(stage.count("log")).isEqualTo("10");
        alice.send(
                Frontend.parse("", "DELETE FROM log WHERE n = 1"),
                Frontend.bind("", ""),
                Frontend.execute("", 0),
                Frontend.flush());
        assertThat(types(alice.readUntil('C'))).isEqualTo("12C");
        alice.send(Frontend.sync());
        assertThat(types(alice.readUntilReady())).isEqualTo("Z");
        assertThat(stage.count("log")).isEqualTo("9");
        alice.send(Frontend.parse("", "SELECT nonsense"), Frontend.bind("", ""), Frontend.flush());
        assertThat(types(alice.readUntil('E'))).isEqualTo("E");
        alice.send(Frontend.sync(), Frontend.query("SELECT 1"));
        assertThat(types(alice.readUntilReady())).isEqualTo("Z");
        assertThat(types(alice.readUntilReady())).isEqualTo("TDCZ");
    }

    @Test
    void copy_from_the_client_is_looked_at() {
        alice.send(Frontend.query("COPY armed FROM STDIN"));
        assertThat(types(alice.readUntil('G'))).isEqualTo("G");
        alice.send(
                Frontend.copyData("1\n2\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)), Frontend.copyDone());
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).field('D')).contains("log: 10 rows deleted");
        assertThat(stage.count("armed")).isEqualTo("0");
        alice.send(Frontend.query("COPY tiny FROM STDIN"));
        alice.readUntil('G');
        alice.send(Frontend.copyData("5\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)), Frontend.copyDone());
        assertThat(types(alice.readUntilReady())).isEqualTo("CZ");
        assertThat(stage.count("tiny")).isEqualTo("3");
    }

    @Test
    void what_refuses_to_run_in_a_transaction_runs_as_it_is() {
        assertThat(types(alice.query("VACUUM tiny"))).isIn("CZ", "NCZ");
        assertThat(types(alice.query("LISTEN x"))).isEqualTo("CZ");
        assertThat(types(alice.query("LOCK TABLE t"))).isEqualTo("EZ");
        assertThat(types(alice.query("SET LOCAL work_mem = '1MB'"))).isEqualTo("NCZ");
    }

    @Test
    void a_statement_that_fails_is_told_as_ever_and_leaves_no_transaction() {
        List<ServerMessage> answer = alice.query("SELECT 1 / 0");
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).sqlState()).isEqualTo("22012");
        assertThat(Rows.of(alice.query("SELECT state FROM pg_stat_activity WHERE pid = pg_backend_pid()")))
                .hasSize(1);
        assertThat(types(alice.query("COMMIT"))).as("a warning: there is none").isEqualTo("NCZ");
    }

    @Test
    void pipelined_batches_are_answered_in_their_order() {
        alice.send(
                Frontend.query("DELETE FROM log WHERE n = 1"),
                extended("SELECT 7"),
                Frontend.query("SHOW work_mem"),
                Frontend.query("DELETE FROM log WHERE n = 2"));
        assertThat(types(alice.readUntilReady())).isEqualTo("CZ");
        assertThat(types(alice.readUntilReady())).isEqualTo("12TDCZ");
        assertThat(types(alice.readUntilReady())).isEqualTo("TDCZ");
        assertThat(types(alice.readUntilReady())).isEqualTo("CZ");
    }

    @Test
    void query_and_the_end_in_one_write_are_committed() {
        alice.send(Frontend.query("DELETE FROM log WHERE n = 1"), Frontend.terminate());
        await().untilAsserted(() -> assertThat(stage.count("log")).isEqualTo("9"));
    }

    @Test
    void query_and_fin_are_answered_and_committed() {
        alice.send(Frontend.query("DELETE FROM log WHERE n = 1"));
        alice.finish();
        assertThat(types(alice.readUntilReady())).isEqualTo("CZ");
        assertThat(stage.count("log")).isEqualTo("9");
    }

    @Test
    void cancel_ends_what_runs() {
        alice.send(Frontend.query("SELECT pg_sleep(30)"));
        await().until(() -> stage.server
                .ask(
                        stage.database,
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND wait_event = 'PgSleep'")
                .equals("1"));
        try (WireClient canceller = WireClient.connect(stage.proxy.port())) {
            canceller.send(Frontend.cancelRequest(alice.key()));
            canceller.readByte();
        }
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(types(answer)).endsWith("EZ");
        assertThat(types(alice.query("SELECT 1"))).isEqualTo("TDCZ");
    }

    @Test
    void others_are_not_looked_at() {
        try (WireClient other = stage.login("billing")) {
            assertThat(types(other.query("SELECT deleter()"))).isEqualTo("TDCZ");
            assertThat(types(other.query("BEGIN; DELETE FROM t; COMMIT"))).isEqualTo("CCCZ");
        }
        assertThat(stage.count("log")).isEqualTo("0");
    }

    @Test
    void sync_within_a_copy_is_ignored_as_the_server_does() {
        alice.send(Frontend.query("COPY tiny FROM STDIN"));
        assertThat(alice.read().type()).isEqualTo('G');
        alice.send(
                Frontend.copyData("7\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                Frontend.sync(),
                Frontend.flush(),
                Frontend.copyData("8\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                Frontend.copyDone());
        assertThat(types(alice.readUntilReady())).isEqualTo("CZ");
        assertThat(stage.count("tiny")).isEqualTo("4");
    }

    @Test
    void client_that_leaves_within_a_copy_leaves_no_transaction_behind() {
        alice.send(Frontend.query("COPY tiny FROM STDIN"));
        assertThat(alice.read().type()).isEqualTo('G');
        alice.send(Frontend.copyData("7\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        alice.close();
        await().until(() -> stage.server
                .ask(
                        stage.database,
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'alice' AND datname = current_database()")
                .equals("0"));
        assertThat(stage.count("tiny")).isEqualTo("2");
    }

    @Test
    void query_within_a_copy_ends_the_session_and_takes_the_copy_back() {
        alice.send(Frontend.query("COPY tiny FROM STDIN"));
        assertThat(alice.read().type()).isEqualTo('G');
        alice.send(
                Frontend.copyData("7\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                Frontend.query("SELECT 1"));
        ServerMessage error = alice.read();
        assertThat(error.type()).isEqualTo('E');
        assertThat(error.field('C')).isEqualTo("08P01");
        assertThat(alice.read().isEnd()).isTrue();
        assertThat(stage.count("tiny")).isEqualTo("2");
    }

    @Test
    void sync_behind_a_copy_is_answered_by_itself() {
        alice.send(
                Frontend.query("COPY tiny FROM STDIN"),
                Frontend.copyData("7\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                Frontend.copyDone(),
                Frontend.sync());
        assertThat(types(alice.readUntilReady())).isEqualTo("GCZ");
        assertThat(types(alice.readUntilReady())).isEqualTo("Z");
        assertThat(types(alice.query("SELECT 1"))).isEqualTo("TDCZ");
    }
}
