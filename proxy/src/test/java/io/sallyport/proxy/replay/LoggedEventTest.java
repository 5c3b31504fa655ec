package io.sallyport.proxy.replay;

import static io.sallyport.proxy.replay.LoggedEvent.Type.CONNECTION;
import static io.sallyport.proxy.replay.LoggedEvent.Type.FETCH;
import static io.sallyport.proxy.replay.LoggedEvent.Type.NOTHING;
import static io.sallyport.proxy.replay.LoggedEvent.Type.STATEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.replay.log.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedEventTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            statement: select 1                                     | select 1
            execute <unnamed>: select $1                            | select $1
            execute S_1/C_2: select $1                              | select $1
            duration: 12.345 ms  statement: select 1                | select 1
            fastpath function call: "lo_unlink" (OID 964)           | SELECT pg_catalog.lo_unlink()
            duration: 1.2 ms  fastpath function call: "loread" (OID 954) | SELECT pg_catalog.loread()
            duration: 12.345 ms  execute S_1: select ' ms  parse x: ' | select ' ms  parse x: '
            """)
    void what_was_run_is_a_statement(String message, String sql) {
        assertThat(Records.event(message)).isEqualTo(new LoggedEvent(STATEMENT, sql));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            duration: 12.345 ms
            duration: 12.345 ms  parse S_1: select 1
            duration: 12.345 ms  bind S_1/C_2: select 1
            duration: 12.345 ms  plan:
            checkpoint complete: wrote 3 buffers (0.0%)
            execution failed
            """)
    void what_is_a_part_or_an_echo_of_a_statement_is_not_counted_again(String message) {
        assertThat(Records.event(message).type()).isEqualTo(NOTHING);
    }

    @Test
    void what_has_no_text_of_its_own_has_a_type() {
        assertThat(Records.event("execute fetch from S_1/C_2: select 1").type()).isEqualTo(FETCH);
        assertThat(Records.event("duration: 1.0 ms  execute fetch from S_1/C_2: select 1")
                        .type())
                .isEqualTo(FETCH);
        assertThat(Records.event("connection authorized: user=alice database=shop")
                        .type())
                .isEqualTo(CONNECTION);
    }

    @Test
    void an_error_is_a_failure_of_its_statement() {
        LogRecord error = Records.failed("1", "selec 1");
        assertThat(LoggedEvent.of(error)).isEqualTo(new LoggedEvent(LoggedEvent.Type.FAILURE, "selec 1"));
    }
}
