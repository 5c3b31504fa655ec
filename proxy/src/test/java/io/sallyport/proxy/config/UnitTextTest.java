package io.sallyport.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTextTest {
    @ParameterizedTest
    @CsvSource({
        "10m, 600000, 10m",
        "30s, 30000, 30s",
        "700ms, 700, 700ms",
        "1m30s, 90000, 90s",
        "0, 0, 0",
        "24h, 86400000, 1d"
    })
    void durations_are_read_and_written(String text, long millis, String written) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(DurationText.format(Duration.ofMillis(millis))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "m", "10 m", "-1s", "1.5h", "10min", "", "9999999999s"})
    void a_duration_without_a_clear_unit_is_refused(String text) {
        assertThatThrownBy(() -> DurationText.parse(text)).hasMessage("\"" + text + "\" is not a duration");
    }

    @ParameterizedTest
    @CsvSource({
        "65536, 65536, 64KiB",
        "64KiB, 65536, 64KiB",
        "16 MiB, 16777216, 16MiB",
        "1GB, 1073741824, 1GiB",
        "7, 7, 7",
        "0, 0, 0"
    })
    void sizes_are_read_and_written(String text, long bytes, String written) {
        assertThat(SizeText.parse(text)).isEqualTo(bytes);
        assertThat(SizeText.format(bytes)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5MiB", "-1", "10 apples", "", "MiB", "99999999999"})
    void a_size_with_an_unknown_unit_is_refused(String text) {
        assertThatThrownBy(() -> SizeText.parse(text)).hasMessage("\"" + text + "\" is not a size");
    }
}
