package io.sallyport.proxy.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixGuessTest {
    private static final String STARTUP = "2026-01-31 23:59:59.123 UTC [1] LOG:  database system is ready";

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '`', textBlock = """
            2026-01-31 23:59:59.123 UTC [34] |%m [%p]\s
            2026-01-31 23:59:59.123 UTC [34] alice@shop |%m [%p] %q%u@%d\s
            2026-01-31 23:59:59.123 UTC [34] alice@shop/psql |%m [%p] %q%u@%d/%a\s
            2026-01-31 23:59:59.123 UTC [34] [user=alice,db=shop,app=psql] |%m [%p] %q[user=%u,db=%d,app=%a]\s
            2026-01-31 23:59:59 UTC [34]: [7-1] user=alice,db=shop,app=psql,client=10.0.0.5 |%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h\s
            2026-01-31 23:59:59 UTC:10.0.0.5(44888):alice@shop:[34]:|%t:%r:%u@%d:[%p]:
            < 2026-01-31 23:59:59.123 UTC >|< %m >
            |``
            """)
    void a_common_prefix_is_recognised(String line, String prefix) throws LogException {
        List<String> lines = List.of(
                (line == null ? "" : line) + "LOG:  statement: select 1",
                "\tfrom t",
                (line == null ? "" : line) + "LOG:  duration: 1 ms");
        assertThat(PrefixGuess.of(lines, "x")).hasToString(prefix);
    }

    @Test
    void lines_before_the_first_session_do_not_mislead() throws LogException {
        List<String> lines =
                List.of(STARTUP, STARTUP, STARTUP, "2026-01-31 23:59:59.123 UTC [34] alice@shop LOG:  statement: x");
        assertThat(PrefixGuess.of(lines, "x")).hasToString("%m [%p] %q%u@%d ");
    }
}
