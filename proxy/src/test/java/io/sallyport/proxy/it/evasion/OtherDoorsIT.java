package io.sallyport.proxy.it.evasion;

import static io.sallyport.proxy.it.evasion.Wire.SYNC;

import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Ways to a server that are no SQL statement: function calls, replication sessions, start-up settings, cut-off messages. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherDoorsIT {
    private static final byte[] LARGE_OBJECT = "4711".getBytes(StandardCharsets.US_ASCII);

    private final Stage stage = new Stage();
    private final Trial trial = new Trial(stage);

    @AfterAll
    void close() {
        stage.close();
    }

    /** The fast-path call of lo_unlink, as libpq's lo_unlink() makes it. */
    @Test
    void function_call_of_a_large_object_function_is_judged() {
        trial.of(
                (intruder, stage) -> {
                    int function = Integer.parseInt(stage.rows("SELECT 'lo_unlink(oid)'::regprocedure::oid::int")
                            .get(0)
                            .get(0));
                    intruder.synced(Frontend.functionCall(function, List.of(new Parameter(false, LARGE_OBJECT))));
                },
                Outcome.HELD);
    }

    /** query_to_xml runs the text that it is given. */
    @Test
    void function_call_of_a_function_that_runs_a_text_is_judged() {
        trial.of(
                (intruder, stage) -> intruder.synced(Frontend.functionCall(
                        2_924,
                        List.of(
                                new Parameter(false, bytes("SELECT lo_unlink(4711)")),
                                new Parameter(false, bytes("t")),
                                new Parameter(false, bytes("f")),
                                new Parameter(false, bytes(""))))),
                Outcome.HELD);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void function_call_of_a_function_of_ones_own_is_refused() {
        trial.of(
                (intruder, stage) -> {
                    int function = Integer.parseInt(stage.rows("SELECT 'public.wipe()'::regprocedure::oid::int")
                            .get(0)
                            .get(0));
                    intruder.synced(Frontend.functionCall(function, List.of()));
                },
                new Outcome("0A000"));
    }

    /** A walsender of a database takes SQL too. */
    @Test
    void replication_session_with_sql_is_refused() {
        trial.of(
                (intruder, stage) -> {
                    intruder.reconnect("replication", "database");
                    intruder.synced(Frontend.query("DELETE FROM t"));
                },
                new Outcome("0A000"));
    }

    @Test
    void replication_session_that_drops_a_slot_is_refused() {
        trial.of(
                (intruder, stage) -> {
                    intruder.reconnect("replication", "database");
                    intruder.synced(Frontend.query("DROP_REPLICATION_SLOT keep"));
                },
                new Outcome("0A000"));
    }

    @Test
    void replication_by_another_word_for_database_is_refused() {
        trial.of(
                (intruder, stage) -> {
                    intruder.reconnect("replication", "false", "replication", "database");
                    intruder.synced(Frontend.query("DROP_REPLICATION_SLOT keep"));
                },
                new Outcome("0A000"));
    }

    @Test
    void an_ordinary_session_that_says_so_is_judged() {
        trial.of(
                (intruder, stage) -> {
                    intruder.reconnect("replication", "off");
                    intruder.synced(Frontend.query("DELETE FROM t"));
                },
                Outcome.HELD);
    }

    @Test
    void what_a_login_says_twice_is_read_as_the_server_reads_it() {
        trial.of(
                (intruder, stage) -> {
                    intruder.reconnect("application_name", "pg_dump", "application_name", "psql");
                    intruder.synced(Frontend.query("DELETE FROM t"));
                },
                Outcome.HELD);
    }

    /** Sent before the server's first ReadyForQuery, when nothing is known of the session's settings. */
    @Test
    void statement_sent_with_the_start_up_message_is_judged() {
        trial.of(
                (intruder, stage) -> intruder.reconnectWith(
                        Frontend.query("SELECT '\\', ' ; DELETE FROM t; --'"),
                        "options",
                        "-c standard_conforming_strings=off"),
                Outcome.HELD);
    }

    @Test
    void statement_between_two_halves_of_a_frame_is_judged() {
        trial.of(
                (intruder, stage) -> {
                    intruder.inPiecesOf(1);
                    intruder.synced(Frontend.query("DELETE FROM t"));
                },
                Outcome.HELD);
    }

    @Test
    void statement_behind_stray_copy_messages_is_judged() {
        trial.of(
                (intruder, stage) -> intruder.synced(
                        Frontend.copyData(new byte[] {1}),
                        Frontend.copyDone(),
                        Frontend.copyFail("no"),
                        Frontend.query("DELETE FROM t")),
                Outcome.HELD);
    }

    /** The server skips to the Sync, the Query behind it runs. */
    @Test
    void statement_behind_a_skipped_one_is_judged() {
        trial.of(
                (intruder, stage) -> {
                    intruder.synced(Frontend.bind("", "no such statement"), Frontend.query("SELECT 1"), SYNC);
                    intruder.synced(Frontend.query("DELETE FROM t"));
                },
                Outcome.HELD);
    }

    /** One Query of 3 MB: more than is read on the spot. */
    @Test
    void statement_at_the_end_of_a_very_long_text_is_judged() {
        trial.of(
                (intruder, stage) ->
                        intruder.synced(Frontend.query("SELECT '" + "x".repeat(3 << 20) + "'; DELETE FROM t")),
                Outcome.HELD);
    }

    @Test
    void statement_behind_fifty_thousand_others_is_judged() {
        trial.of(
                (intruder, stage) -> intruder.synced(Frontend.query("SELECT;".repeat(50_000) + "DELETE FROM t")),
                Outcome.HELD);
    }

    @Test
    void condition_nested_thousands_deep_is_held() {
        trial.of(
                (intruder, stage) -> intruder.synced(
                        Frontend.query("DELETE FROM t WHERE " + "(".repeat(4_000) + "true" + ")".repeat(4_000))),
                Outcome.HELD);
    }
}
