package io.sallyport.proxy.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLogReaderTest {
    private static final String HEAD =
            "2026-01-31 23:59:59.123 CET,\"alice\",\"shop\",4711,\"10.0.0.5:44888\",67a1.1267,7,"
                    + "\"SELECT\",2026-01-31 23:50:00 CET,3/15,0,LOG,00000,";

    private final Logs logs = Logs.guessed();

    private static String line(String message, String detail) {
        return HEAD + quoted(message) + "," + (detail.isEmpty() ? "" : quoted(detail)) + ",,,,,,,,\"psql\"";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** 12 and earlier have 23 columns, 13 has 24, 14 to 18 have 26; a later one may have more. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", ",\"client backend\"", ",\"client backend\",,-8132", ",\"client backend\",,0,new,newer"})
    void every_version_has_its_columns(String more) throws Exception {
        List<LogRecord> records = logs.read(line("statement: select 1", "parameters: $1 = '2'") + more + "\n");
        assertThat(records)
                .containsExactly(new LogRecord(
                        new Place("standard input", 1),
                        Instant.parse("2026-01-31T22:59:59.123Z"),
                        new Origin("67a1.1267", "alice", "shop", "psql", "10.0.0.5"),
                        LogRecord.Severity.LOG,
                        "statement: select 1",
                        "parameters: $1 = '2'",
                        null,
                        false));
        assertThat(logs.unreadable.count()).isZero();
    }

    @Test
    void line_breaks_and_quotes_belong_to_the_statement() throws Exception {
        String sql = "statement: select \"a,b\"\n\nfrom t -- \"x\"\nwhere '\"' <> ','";
        List<LogRecord> records = logs.read(line(sql, "") + "\n" + line("statement: select 2", "") + "\n");
        assertThat(records).extracting(LogRecord::message).containsExactly(sql, "statement: select 2");
        assertThat(records.get(1).place().line()).isEqualTo(5);
    }

    @Test
    void the_statement_of_an_error_is_its_own() throws Exception {
        String line = HEAD.replace(",LOG,00000", ",ERROR,42P01") + "\"no such table\",,,,,,\"selec 1\",8,,\"psql\"\n";
        LogRecord record = logs.read(line).get(0);
        assertThat(record.severity()).isEqualTo(LogRecord.Severity.ERROR);
        assertThat(record.statement()).isEqualTo("selec 1");
    }

    @Test
    void a_quote_that_a_crash_left_open_does_not_swallow_what_follows() throws Exception {
        String log = line("statement: select 1", "") + "\n" + HEAD + "\"statement: select '\nhalf a line\n"
                + line("statement: select 2", "") + "\n" + line("statement: select 3", "") + "\n";
        assertThat(logs.read(log))
                .extracting(LogRecord::message)
                .containsExactly("statement: select 1", "statement: select 2", "statement: select 3");
        assertThat(logs.unreadable.count()).isEqualTo(1);
        assertThat(logs.unreadable.first()).singleElement().asString().startsWith("standard input:2: ");
    }

    @Test
    void a_statement_of_many_megabytes_is_cut_and_what_follows_is_read() throws Exception {
        String endless = "statement: insert into t values ('" + "x".repeat(3_000_000) + "')";
        String lines = "statement: insert into t values " + "\n('y')".repeat(500_000);
        String log = line(endless, "") + "\n" + line(lines, "") + "\n" + line("statement: select 2", "") + "\n";
        List<LogRecord> records = logs.read(log);
        assertThat(records).extracting(LogRecord::cut).containsExactly(true, true, false);
        assertThat(records.get(0).message())
                .startsWith("statement: insert into")
                .hasSizeLessThan(1_100_000);
        assertThat(records.get(2).message()).isEqualTo("statement: select 2");
    }

    @Test
    void what_is_no_record_is_counted_with_its_place() throws Exception {
        String log = line("statement: select 1", "") + "\nhello\n\n" + line("statement: select 2", "") + "\na,\"b\n";
        assertThat(logs.read(log)).hasSize(2);
        assertThat(logs.unreadable.count()).isEqualTo(2);
        assertThat(logs.unreadable.first())
                .containsExactly(
                        "standard input:2: not a record of csvlog, which has 23 to 26 columns",
                        "standard input:5: a quote is not closed");
    }
}
