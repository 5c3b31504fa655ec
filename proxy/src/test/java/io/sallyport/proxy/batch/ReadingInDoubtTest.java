package io.sallyport.proxy.batch;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.sql.LexerSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While it is open how the server will read a text, the worst reading counts. */
class ReadingInDoubtTest {
    /** A DROP when strings are not standard; inside a string when they are. */
    private static final String HIDDEN = "SELECT '\\', '; DROP TABLE t; --'";

    /** The other way round. */
    private static final String OPEN = "SELECT 'a\\'; DROP TABLE t; --'";

    private static final ReadingContext OFF = new ReadingContext(new LexerSettings(false, true), true, true, true);

    private final BatchReader reader = new BatchReader(new AnalysisCache(1 << 16), new PreparedStatements(100));

    @Test
    void a_settled_session_reads_as_its_server_does() {
        assertThat(kinds(query(HIDDEN), Batches.SETTLED)).containsExactly(StatementKind.SELECT);
        assertThat(kinds(query(HIDDEN), OFF)).containsExactly(StatementKind.SELECT, StatementKind.DROP_TABLE);
        assertThat(kinds(query(OPEN), Batches.SETTLED)).containsExactly(StatementKind.SELECT, StatementKind.DROP_TABLE);
        assertThat(kinds(query(OPEN), OFF)).containsExactly(StatementKind.SELECT);
    }

    @Test
    void with_something_in_flight_both_readings_of_a_backslash_count() {
        for (String sql : List.of(HIDDEN, OPEN)) {
            assertThat(kinds(query(sql), Batches.UNSETTLED)).contains(StatementKind.DROP_TABLE);
        }
    }

    @Test
    void the_second_text_of_a_batch_is_in_doubt() {
        Batch batch = Batches.of(
                parse("", "SET standard_conforming_strings = off"),
                bind("", ""),
                execute("", 0),
                parse("", HIDDEN),
                bind("", ""),
                sync());
        assertThat(kinds(reader.read(batch, Batches.SETTLED))).contains(StatementKind.DROP_TABLE);
    }

    @Test
    void a_text_without_backslash_is_never_in_doubt() {
        assertThat(kinds(query("SELECT 'a'; SELECT 'b'"), Batches.UNSETTLED))
                .containsExactly(StatementKind.SELECT, StatementKind.SELECT);
    }

    @Test
    void text_beyond_ascii_waits_until_the_encoding_is_known() {
        Batch batch = Batches.of(query("SELECT 'ä'"));
        assertThat(reader.read(batch, Batches.UNSETTLED).unsettled()).isTrue();
        assertThat(reader.read(batch, Batches.SETTLED).unsettled()).isFalse();
        assertThat(kinds(reader.read(batch, Batches.SETTLED))).containsExactly(StatementKind.SELECT);
    }

    /** Its name for a column may be another one in another encoding, and its backslash a half of a character. */
    private static final List<String> TWO_FACED = List.of("SELECT 1 AS ä", "SELECT E'ä\\' OR true --'");

    @Test
    void text_beyond_ascii_that_would_wait_for_ever_is_unreadable() {
        ReadingContext openPipeline = new ReadingContext(LexerSettings.DEFAULT, false, false, true);
        for (String sql : TWO_FACED) {
            assertThat(kinds(query(sql), openPipeline)).containsOnly(StatementKind.UNREADABLE);
        }
        assertThat(kinds(query("SELECT 'a'"), openPipeline)).containsExactly(StatementKind.SELECT);
    }

    @Test
    void text_beyond_ascii_in_an_unsafe_encoding_is_unreadable() {
        ReadingContext sjis = new ReadingContext(new LexerSettings(true, false), true, true, false);
        for (String sql : TWO_FACED) {
            assertThat(kinds(query(sql), sjis)).containsExactly(StatementKind.UNREADABLE);
        }
        assertThat(kinds(query("SELECT 'a'"), sjis)).containsExactly(StatementKind.SELECT);
    }

    @Test
    void behind_what_may_change_the_encoding_text_that_hangs_on_it_is_unreadable() {
        for (String changing : List.of(
                "SET client_encoding = 'SJIS'",
                "SELECT any_function()",
                "SELECT set_config('client_encoding', 'SJIS', false)")) {
            for (String sql : TWO_FACED) {
                assertThat(kinds(reader.read(two(changing, sql), Batches.SETTLED)))
                        .contains(StatementKind.UNREADABLE);
            }
        }
        assertThat(kinds(reader.read(two("BEGIN", TWO_FACED.get(0)), Batches.SETTLED)))
                .containsExactly(StatementKind.BEGIN, StatementKind.SELECT);
    }

    @Test
    void behind_what_may_change_the_encoding_letters_in_plain_literals_are_read() {
        Batch batch = two("INSERT INTO t VALUES ('ä')", "INSERT INTO t VALUES ('Müller')");
        assertThat(kinds(reader.read(batch, Batches.SETTLED)))
                .containsExactly(StatementKind.INSERT, StatementKind.INSERT);
    }

    private static Batch two(String first, String second) {
        return Batches.of(parse("", first), bind("", ""), execute("", 0), parse("", second), bind("", ""), sync());
    }

    @Test
    void a_long_text_stays_unread_until_a_worker_completes_it() {
        AnalysisCache cache = new AnalysisCache(1 << 16);
        Batch batch = Batches.of(query("DROP TABLE t /* " + "x".repeat(SqlText.INLINE_BYTES) + " */"));
        BatchReading first = reader.read(batch, Batches.SETTLED);
        assertThat(kinds(first)).isEmpty();
        assertThat(first.incomplete()).hasSize(1);
        first.incomplete().forEach(text -> text.complete(cache));
        BatchReading second = reader.read(batch, Batches.SETTLED);
        assertThat(second.incomplete()).isEmpty();
        assertThat(kinds(second)).containsExactly(StatementKind.DROP_TABLE);
    }

    private List<StatementKind> kinds(byte[] message, ReadingContext context) {
        return kinds(reader.read(Batches.of(message), context));
    }

    private static List<StatementKind> kinds(BatchReading reading) {
        return reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .flatMap(text -> text.statements().stream())
                .map(StatementFacts::kind)
                .toList();
    }
}
