package io.sallyport.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAndPortTest {
    @ParameterizedTest
    @CsvSource({
        "db1:6000,        db1,       6000",
        "db1,             db1,       5432",
        "10.0.0.7:1,      10.0.0.7,  1",
        "[::1]:6000,      ::1,       6000",
        "[fe80::1%eth0],  fe80::1%eth0, 5432",
        ":6000,           0.0.0.0,   6000",
        "my_host.x-y:0,   my_host.x-y, 0",
    })
    void every_form_is_read(String text, String host, int port) {
        assertThat(HostAndPort.parse(text, 5432)).isEqualTo(new HostAndPort(host, port));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "::1            | needs brackets",
                "6432           | a port alone is written with its colon, as in :6432",
                "db:            | port \"\" is not a number",
                "db:70000       | port 70000 is not between 0 and 65535",
                "db:-1          | port \"-1\" is not a number",
                "db:5432x       | port \"5432x\" is not a number",
                "[::1           | the closing ] is missing",
                "[::1]5432      | follows the ], expected :port",
                "[db]:5432      | \"db\" is not an IPv6 address",
                "a b:5432       | \"a b\" is not a host name",
                "pg://db:5432   | needs brackets",
                "''             | \"\" is not a host name",
            })
    void what_is_wrong_is_said(String text, String problem) {
        assertThatThrownBy(() -> HostAndPort.parse(text, 5432))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void the_text_form_is_readable_again() {
        for (String text : new String[] {"db1:6000", "[::1]:6000"}) {
            assertThat(HostAndPort.parse(text, 1)).hasToString(text);
        }
    }
}
