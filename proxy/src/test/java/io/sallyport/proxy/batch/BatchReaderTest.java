package io.sallyport.proxy.batch;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.closeStatement;
import static io.sallyport.proxy.it.wire.Frontend.describePortal;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BatchReaderTest {
    private final PreparedStatements prepared = new PreparedStatements(100);
    private final BatchReader reader = new BatchReader(new AnalysisCache(1 << 16), prepared);

    @Test
    void the_gate_stands_at_a_query() {
        assertThat(texts(read(query("SELECT 1"))).get(0)).containsExactly("SELECT 1");
    }

    @Test
    void the_gate_stands_at_bind_and_neither_at_parse_nor_at_execute() {
        BatchReading reading = read(parse("", "DELETE FROM t"), bind("", ""), execute("", 1), execute("", 0), sync());
        assertThat(reading.points()).singleElement().satisfies(point -> {
            assertThat(point.index()).isEqualTo(1);
            assertThat(point.refuseAt())
                    .as("the first message of the statement")
                    .isZero();
        });
        assertThat(read(parse("", "DELETE FROM t"), sync()).points()).isEmpty();
        assertThat(read(execute("p", 0), sync()).points()).isEmpty();
    }

    @Test
    void each_bind_of_one_statement_is_judged() {
        BatchReading reading = read(parse("s", "DELETE FROM t"), bind("a", "s"), bind("b", "s"), sync());
        assertThat(reading.points()).extracting(Judgeable::index).containsExactly(1, 2);
    }

    @Test
    void a_bind_of_an_earlier_statement_is_judged_by_its_text() {
        known("s", "DELETE FROM t");
        assertThat(texts(read(bind("", "s"), execute("", 0), sync()))).containsExactly(List.of("DELETE FROM t"));
    }

    @Test
    void while_a_name_is_ambiguous_every_text_is_judged() {
        known("s", "SELECT 1");
        prepared.propose("s", Batches.text("DELETE FROM t"));
        assertThat(texts(read(bind("", "s"), sync()))).containsExactly(List.of("SELECT 1", "DELETE FROM t"));
    }

    @Test
    void a_parse_of_this_batch_settles_what_its_name_means_in_it() {
        known("s", "SELECT 1");
        assertThat(texts(read(closeStatement("s"), parse("s", "DELETE FROM t"), bind("", "s"), sync())))
                .containsExactly(List.of("DELETE FROM t"));
    }

    @Test
    void after_a_close_the_name_means_what_it_meant_before_the_batch() {
        BatchReading reading = read(parse("s", "SELECT 1"), closeStatement("s"), bind("", "s"), sync());
        assertThat(problem(reading).sqlState()).isEqualTo(SqlState.INVALID_SQL_STATEMENT_NAME);
    }

    @Test
    void an_unknown_name_is_refused_in_the_servers_words() {
        assertThat(problem(read(bind("", "nobody"), sync())).message())
                .isEqualTo("prepared statement \"nobody\" does not exist");
        assertThat(problem(read(bind("", ""), sync())).message())
                .isEqualTo("unnamed prepared statement does not exist");
    }

    @Test
    void sql_execute_of_a_statement_of_the_protocol_is_judged_by_its_text() {
        known("s", "DELETE FROM t");
        assertThat(texts(read(query("EXECUTE s")))).containsExactly(List.of("EXECUTE s", "DELETE FROM t"));
        assertThat(texts(read(query("EXECUTE S")))).as("folded").hasSize(1);
        assertThat(problem(read(query("EXECUTE \"S\""))).message()).contains("\"S\"");
    }

    @Test
    void a_bind_of_a_statement_of_sql_is_judged_by_its_text() {
        known("s", "PREPARE s AS DELETE FROM t");
        assertThat(texts(read(bind("", "s"), sync()))).containsExactly(List.of("PREPARE s AS DELETE FROM t"));
    }

    @Test
    void execute_behind_prepare_in_one_string_is_known() {
        BatchReading reading = read(query("PREPARE s AS DELETE FROM t; EXECUTE s"));
        assertThat(reading.points())
                .singleElement()
                .satisfies(point -> assertThat(point.problem()).isNull());
    }

    @Test
    void execute_of_an_execute_is_followed_to_the_end() {
        known("a", "EXECUTE b");
        known("b", "DELETE FROM t");
        assertThat(texts(read(bind("", "a"), execute("", 0), sync())))
                .containsExactly(List.of("EXECUTE b", "DELETE FROM t"));
    }

    /** Between the two the name could come to stand for something else. */
    @Test
    void a_portal_that_executes_by_name_must_run_right_behind_its_bind() {
        known("a", "EXECUTE b");
        known("b", "SELECT 1");
        assertThat(read(bind("p", "a"), sync()).points().get(0).problem()).isNotNull();
        assertThat(read(bind("p", "a"), bind("", "b"), execute("p", 0), sync())
                        .points()
                        .get(0)
                        .problem())
                .isNotNull();
        assertThat(read(bind("p", "a"), describePortal("p"), execute("p", 0), sync())
                        .points())
                .allMatch(point -> point.problem() == null);
    }

    @Test
    void a_parse_behind_a_prepare_of_its_name_does_not_hide_it() {
        BatchReading reading = read(
                parse("", "PREPARE s AS DELETE FROM t"),
                bind("", ""),
                execute("", 0),
                parse("s", "SELECT 1"),
                bind("", "s"),
                execute("", 0),
                sync());
        assertThat(texts(reading).get(1)).containsExactlyInAnyOrder("SELECT 1", "PREPARE s AS DELETE FROM t");
    }

    /** Converted between encodings, two names can become one. */
    @Test
    void names_beyond_ascii_are_refused_where_encodings_differ() {
        ReadingContext latin = new ReadingContext(LexerSettings.DEFAULT, true, true, false);
        byte[] name = Frontend.parse("ä", "SELECT 1");
        assertThat(reader.read(Batches.of(name, sync()), Batches.SETTLED).points())
                .isEmpty();
        assertThat(reader.read(Batches.of(name, sync()), latin).points().get(0).problem())
                .isNotNull();
    }

    @Test
    void execute_in_a_circle_comes_to_an_end() {
        known("a", "EXECUTE b");
        known("b", "EXECUTE a");
        assertThat(texts(read(query("EXECUTE a")))).containsExactly(List.of("EXECUTE a", "EXECUTE b", "EXECUTE a"));
    }

    @Test
    void execute_is_seen_inside_explain_and_create_table_as() {
        known("s", "DELETE FROM t");
        for (String sql : List.of("EXPLAIN ANALYZE EXECUTE s", "CREATE TABLE x AS EXECUTE s")) {
            assertThat(texts(read(query(sql)))).containsExactly(List.of(sql, "DELETE FROM t"));
        }
    }

    @Test
    void names_change_only_where_the_server_confirms() {
        BatchReading reading = read(parse("s", "SELECT 1"), closeStatement("old"), sync());
        assertThat(reading.changes()).hasSize(2);
        assertThat(prepared.candidates("s")).isEmpty();
        BatchReading sql = read(query("PREPARE p AS SELECT 1; DEALLOCATE p; DEALLOCATE ALL; DISCARD ALL"));
        assertThat(sql.changes()).extracting(BatchReading.NameChange::name).containsExactly("p", null, null);
        assertThat(Objects.requireNonNull(sql.changes().get(0).text()).display())
                .startsWith("PREPARE p");
    }

    @Test
    void a_name_too_many_is_refused_and_the_unnamed_is_not() {
        PreparedStatements one = new PreparedStatements(1);
        one.confirm(one.propose("a", Batches.text("SELECT 1")));
        BatchReader full = new BatchReader(new AnalysisCache(1 << 16), one);
        assertThat(problem(full.read(Batches.of(parse("b", "SELECT 1"), sync()), Batches.SETTLED))
                        .sqlState())
                .isEqualTo(SqlState.PROGRAM_LIMIT_EXCEEDED);
        assertThat(full.read(Batches.of(parse("", "SELECT 1"), sync()), Batches.SETTLED)
                        .points())
                .isEmpty();
        assertThat(full.read(Batches.of(query("PREPARE b AS SELECT 1")), Batches.SETTLED)
                        .points())
                .anyMatch(point ->
                        point.problem() != null && point.problem().sqlState().equals(SqlState.PROGRAM_LIMIT_EXCEEDED));
    }

    @Test
    void a_malformed_message_is_refused_where_it_stands() {
        byte[] lying = new Body().string("").string("").int16(9).message('B');
        BatchReading reading = read(parse("", "SELECT 1"), bind("", ""), lying, sync());
        assertThat(reading.points()).hasSize(2);
        assertThat(reading.points().get(1).refuseAt()).isEqualTo(2);
        assertThat(Objects.requireNonNull(reading.points().get(1).problem()).sqlState())
                .isEqualTo("08P01");
    }

    @Test
    void a_function_call_is_refused_where_its_number_tells_nothing() {
        int ofTheirOwn = 16_384;
        int setConfig = 2_078;
        for (int function : new int[] {0, 1, setConfig, ofTheirOwn}) {
            assertThat(problem(read(Frontend.functionCall(function, List.of()))).sqlState())
                    .isEqualTo("0A000");
        }
    }

    @Test
    void a_function_call_reads_as_the_select_that_does_the_same() {
        assertThat(called(2_096, "4711")).isEqualTo("SELECT pg_catalog.pg_terminate_backend('4711')");
        assertThat(called(2_924, "DELETE FROM t")).isEqualTo("SELECT pg_catalog.query_to_xml('DELETE FROM t')");
        assertThat(called(2_924, "it's")).isEqualTo("SELECT pg_catalog.query_to_xml(X'69742773')");
        assertThat(called(955, "0123456789")).isEqualTo("SELECT pg_catalog.lowrite(/* data */ NULL)");
    }

    private String called(int function, String argument) {
        Parameter text = new Parameter(false, argument.getBytes(StandardCharsets.UTF_8));
        return read(Frontend.functionCall(function, List.of(text)))
                .points()
                .get(0)
                .texts()
                .get(0)
                .display();
    }

    @Test
    void a_console_statement_is_no_business_of_the_gate() {
        BatchReading reading = read(parse("s", "SALLYPORT HOLDS"), bind("p", "s"), execute("p", 0), sync());
        assertThat(reading.points()).isEmpty();
        assertThat(reading.console()).extracting(BatchReading.ConsoleCall::runs).containsExactly(false, true);
        assertThat(read(query("SALLYPORT HOLDS; DROP TABLE t")).points()).hasSize(1);
    }

    private void known(String name, String sql) {
        prepared.confirm(prepared.propose(name, Batches.text(sql)));
    }

    private BatchReading read(byte[]... messages) {
        return reader.read(Batches.of(messages), Batches.SETTLED);
    }

    private static List<List<String>> texts(BatchReading reading) {
        return reading.points().stream()
                .map(point -> point.texts().stream().map(SqlText::display).toList())
                .toList();
    }

    private static Judgeable.Problem problem(BatchReading reading) {
        assertThat(reading.points()).hasSize(1);
        return Objects.requireNonNull(reading.points().get(0).problem());
    }
}
