package io.sallyport.proxy.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StderrLogReaderTest {
    private final Logs logs = Logs.guessed();

    @Test
    void a_statement_goes_on_behind_tabs_and_details_follow() throws Exception {
        List<LogRecord> records = logs.read("""
                2026-01-31 23:59:59.123 UTC [12] LOG:  checkpoint starting: time
                2026-01-31 23:59:59.124 UTC [34] alice@shop LOG:  execute <unnamed>: select *
                \t
                \t\tfrom t
                2026-01-31 23:59:59.124 UTC [34] alice@shop DETAIL:  parameters: $1 = 'a
                \tb'
                2026-01-31 23:59:59.125 UTC [34] alice@shop ERROR:  syntax error
                2026-01-31 23:59:59.125 UTC [34] alice@shop HINT:  think
                2026-01-31 23:59:59.125 UTC [34] alice@shop STATEMENT:  selec
                \t1
                """);
        assertThat(records).hasSize(3);
        LogRecord execute = records.get(1);
        assertThat(execute.message()).isEqualTo("execute <unnamed>: select *\n\n\tfrom t");
        assertThat(execute.detail()).isEqualTo("parameters: $1 = 'a\nb'");
        assertThat(execute.at()).isEqualTo(Instant.parse("2026-01-31T23:59:59.124Z"));
        assertThat(execute.origin()).isEqualTo(new Origin("34", "alice", "shop", "", ""));
        assertThat(execute.place().line()).isEqualTo(2);
        assertThat(records.get(2).statement()).isEqualTo("selec\n1");
        assertThat(logs.unreadable.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '`', textBlock = """
            %m [%p] |2026-01-31 23:59:59.123 UTC [34] |||||34
            %m [%p] %q%u@%d |2026-01-31 23:59:59.123 UTC [34] alice@shop |alice|shop|||34
            %t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h |2026-01-31 23:59:59 UTC [34]: [7-1] user=alice,db=shop,app=my app,client=10.0.0.5 |alice|shop|my app|10.0.0.5|34
            %t:%r:%u@%d:[%p]:|2026-01-31 23:59:59 UTC:10.0.0.5(44888):alice@shop:[34]:|alice|shop||10.0.0.5|34
            %m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:|2026-01-31 23:59:59.123 UTC:[local]:alice@shop:[34]:1:00000:2026-01-31 23:50:00 UTC:3/15:0:67a1.22:psql:|alice|shop|psql||67a1.22
            %n %-10u;%8d; %b %i %Q %P %L %% [%c] |1769903999.123 alice     ;    shop; client backend SELECT -81 0 127.0.0.1 % [67a1.22] |alice|shop|||67a1.22
            """)
    void any_prefix_is_read_by_its_escapes(
            String prefix, String line, String user, String database, String application, String client, String session)
            throws Exception {
        Logs given = Logs.of(LogFormat.STDERR, prefix);
        List<LogRecord> records = given.read(line + "LOG:  00000: statement: select 1\n");
        assertThat(records).hasSize(1);
        LogRecord record = records.get(0);
        assertThat(record.message()).isEqualTo("statement: select 1");
        assertThat(record.at())
                .isBetween(Instant.parse("2026-01-31T23:59:59Z"), Instant.parse("2026-01-31T23:59:59.123Z"));
        assertThat(record.origin())
                .isEqualTo(new Origin(session, text(user), text(database), text(application), text(client)));
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }

    @Test
    void output_of_others_is_counted_and_ends_nothing() throws Exception {
        List<LogRecord> records = logs.read("""
                2026-01-31 23:59:59.123 UTC [1] LOG:  statement: select
                ld.so: something happened
                \t1
                2026-01-31 23:59:59.124 UTC [1] LOG:  statement: select 2
                2026-01-31 23:59:59.124 UTC [1] LOG:  statement: select 3
                2026-01-31 23:59:59.124 UTC [1] LOG:  statement: select 4
                """);
        assertThat(records.get(0).message()).isEqualTo("statement: select\n1");
        assertThat(logs.unreadable.first())
                .containsExactly("standard input:2: neither begins with log_line_prefix and a level nor with a tab");
    }

    @Test
    void a_statement_of_many_megabytes_is_cut() throws Exception {
        String log =
                "2026-01-31 23:59:59.123 UTC [1] LOG:  statement: insert into t values" + "\n\t('y')".repeat(500_000)
                        + "\n2026-01-31 23:59:59.124 UTC [1] LOG:  statement: " + "x".repeat(3_000_000)
                        + "\n2026-01-31 23:59:59.124 UTC [1] LOG:  statement: select 3\n";
        List<LogRecord> records = logs.read(log);
        assertThat(records).extracting(LogRecord::cut).containsExactly(true, true, false);
        assertThat(records.get(0).message()).hasSizeLessThan(2_000_000);
    }

    @Test
    void a_prefix_that_nobody_knows_is_an_error_that_names_the_line() {
        String log = "<<2026|alice>> LOG:  statement: select 1\n".repeat(3);
        assertThatThrownBy(() -> logs.read(log))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("expected --log-line-prefix")
                .hasMessageContaining("the first line that does not fit: <<2026|alice>> LOG:  statement: select 1");
    }

    @Test
    void an_unknown_escape_is_an_error_that_names_the_known_ones() {
        assertThatThrownBy(() -> Logs.of(LogFormat.STDERR, "%m %z ").read("x"))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("%z is unknown; expected one of %a");
    }
}
