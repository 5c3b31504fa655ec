package io.sallyport.proxy.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-31 23:59:59 UTC, 2026-01-31T23:59:59Z",
        "2026-01-31 23:59:59.120 UTC, 2026-01-31T23:59:59.120Z",
        "2026-07-31 23:59:59 CEST, 2026-07-31T21:59:59Z",
        "2026-01-31 23:59:59 EST, 2026-02-01T04:59:59Z",
        "2026-01-31 23:59:59 +0530, 2026-01-31T18:29:59Z",
        "2026-01-31 23:59:59 -03, 2026-02-01T02:59:59Z"
    })
    void a_time_has_a_zone(String text, Instant expected) {
        assertThat(new LogTime(null).parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-01-31",
                "2026-13-31 23:59:59 UTC",
                "2026-01-31 23:59:59x",
                "2026-01-31T23:59:59Z"
            })
    void what_is_no_time_is_none(String text) {
        assertThat(new LogTime(null).parse(text)).isNull();
    }

    @Test
    void a_given_zone_wins_over_an_abbreviation_but_not_over_an_offset() {
        LogTime time = new LogTime(ZoneId.of("Asia/Shanghai"));
        assertThat(time.parse("2026-01-31 12:00:00 CST")).isEqualTo(Instant.parse("2026-01-31T04:00:00Z"));
        assertThat(time.parse("2026-01-31 12:00:00 UTC")).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(time.parse("2026-01-31 12:00:00 +02")).isEqualTo(Instant.parse("2026-01-31T10:00:00Z"));
    }

    @Test
    void an_unknown_zone_is_utc_and_remembered() {
        LogTime time = new LogTime(null);
        assertThat(time.parse("2026-01-31 12:00:00 XYZT")).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(time.unknownZones()).containsExactly("XYZT");
    }
}
