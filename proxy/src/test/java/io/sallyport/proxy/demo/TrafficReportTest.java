package io.sallyport.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TrafficReportTest {
    @Test
    void figures_are_taken_from_the_sorted_times() {
        List<Long> nanos = LongStream.rangeClosed(1, 101)
                .mapToObj(i -> (102 - i) * 1_000_000)
                .toList();

        assertThat(TrafficReport.of(nanos, null))
                .isEqualTo(new TrafficReport(101, 51, 100, 101, null))
                .hasToString("101 transactions of 6 statements, median 51.0 ms, p99 100.0 ms, slowest 101.0 ms");
    }

    @Test
    void no_transaction_and_a_failure_are_said_as_they_are() {
        assertThat(TrafficReport.of(List.of(), new SQLException("gone", "08006"))
                        .toString())
                .startsWith("0 transactions")
                .endsWith("then failed: 08006 gone");
    }
}
