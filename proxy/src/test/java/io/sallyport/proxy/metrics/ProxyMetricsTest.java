package io.sallyport.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyMetricsTest {
    private final ProxyMetrics metrics = new ProxyMetrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void sessions_are_counted_up_and_down() {
        metrics.sessionOpened();
        metrics.sessionOpened();
        metrics.sessionClosed();
        assertThat(lines()).contains("sallyport_sessions 1.0", "sallyport_sessions_opened_total 2.0");
    }

    @Test
    void allowed_statements_carry_no_rule_and_others_do() {
        metrics.statementDecided("allow", "people may read");
        metrics.statementDecided("allow", "default");
        metrics.statementDecided("hold", "whole-table writes");
        assertThat(lines())
                .contains(
                        "sallyport_statements_total{decision=\"allow\",rule=\"\"} 2.0",
                        "sallyport_statements_total{decision=\"hold\",rule=\"whole-table writes\"} 1.0");
    }

    @Test
    void ten_thousand_rules_do_not_make_ten_thousand_series() {
        for (int i = 0; i < 10_000; i++) {
            metrics.statementDecided("deny", "rule " + i);
        }
        assertThat(lines().stream().filter(line -> line.startsWith("sallyport_statements_total{")))
                .hasSizeBetween(300, 310)
                .contains("sallyport_statements_total{decision=\"deny\",rule=\"other\"} 9701.0");
    }

    @Test
    void a_hold_waits_and_then_ends_in_its_bucket() {
        metrics.holdOpened();
        metrics.holdOpened();
        metrics.holdEnded("approved", Duration.ofSeconds(20));
        metrics.holdEnded("no such outcome", Duration.ofSeconds(1));
        metrics.holdOpened();
        assertThat(lines())
                .contains(
                        "sallyport_holds_waiting 1.0",
                        "sallyport_holds_opened_total 3.0",
                        "sallyport_hold_wait_seconds_bucket{outcome=\"approved\",le=\"15.0\"} 0",
                        "sallyport_hold_wait_seconds_bucket{outcome=\"approved\",le=\"30.0\"} 1",
                        "sallyport_hold_wait_seconds_count{outcome=\"other\"} 1");
    }

    @Test
    void bytes_are_counted_by_direction() {
        metrics.relayed(true, 5);
        metrics.relayed(false, 7);
        metrics.relayed(false, 8);
        assertThat(lines())
                .contains(
                        "sallyport_relayed_bytes_total{direction=\"client_to_server\"} 5.0",
                        "sallyport_relayed_bytes_total{direction=\"server_to_client\"} 15.0");
    }

    @Test
    void added_latency_falls_into_buckets_from_ten_microseconds_to_a_hundred_milliseconds() {
        metrics.judged(9_000);
        metrics.judged(40_000);
        metrics.judged(99_000_000);
        assertThat(lines())
                .contains(
                        "sallyport_judged_seconds_bucket{le=\"1.0E-5\"} 1",
                        "sallyport_judged_seconds_bucket{le=\"5.0E-5\"} 2",
                        "sallyport_judged_seconds_bucket{le=\"0.05\"} 2",
                        "sallyport_judged_seconds_bucket{le=\"0.1\"} 3");
    }

    @Test
    void failures_are_counted_by_kind() {
        metrics.refused("42501");
        metrics.protocolViolation("client");
        metrics.upstreamConnectFailed();
        metrics.auditFailed();
        metrics.readingsDisagreed();
        assertThat(lines())
                .contains(
                        "sallyport_refusals_total{sqlstate=\"42501\"} 1.0",
                        "sallyport_protocol_violations_total{leg=\"client\"} 1.0",
                        "sallyport_upstream_connect_failures_total 1.0",
                        "sallyport_audit_failures_total 1.0",
                        "sallyport_reading_disagreements_total 1.0");
    }

    private List<String> lines() {
        return metrics.scrape().lines().toList();
    }
}
