package io.sallyport.proxy.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policies.decision.Escalation;
import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.proxy.config.ControlSettings;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.session.fakes.ManualLoop;
import io.sallyport.proxy.store.ControlDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetyNetsTest {
    private static final SafetyTerms WITHIN_AN_HOUR =
            new SafetyTerms(Map.of(SafetyNet.BACKUP_WITHIN, Duration.ofHours(1)));
    private static final HoldCode CODE = HoldCode.parse("K7Q4-F2MD");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ManualLoop time = new ManualLoop();
    private final ProxyMetrics metrics = new ProxyMetrics();

    private SafetyNets nets(NetStore store) {
        SafetySettings settings = new SafetySettings(
                "service",
                null,
                "postgres",
                SafetySettings.Source.JSON,
                folder.resolve("b.json").toString(),
                "",
                "",
                null,
                Duration.ofSeconds(10));
        return SafetyOffice.of(settings, null, name -> "0/1", store, Runnable::run, metrics, time.clock())
                .nets();
    }

    private void finished(Duration ago) throws IOException {
        Instant at = time.clock().instant().minus(ago);
        Files.writeString(folder.resolve("b.json"), "{\"finished_at\": \"" + at + "\"}");
    }

    private String failure(SafetyNets nets) {
        return catchThrowableOfType(NetFailure.class, () -> nets.check(WITHIN_AN_HOUR, "r", 0))
                .told();
    }

    @Test
    void date_in_the_future_is_no_fresh_backup() throws Exception {
        finished(Duration.ofMinutes(-30));
        assertThat(failure(nets(new MemoryNets())))
                .isEqualTo("the last good backup (json) is dated 2026-11-21 02:30 UTC, which is in the future;"
                        + " rule \"r\" wants one within 1h");
        finished(Duration.ofSeconds(-30));
        assertThat(nets(new MemoryNets()).check(WITHIN_AN_HOUR, "r", 0).lines())
                .as("clocks differ by seconds")
                .containsExactly("good backup of 2026-11-21 02:00 UTC (0s old; json), at most 1h");
    }

    private static SafetyTerms otherwise(Map<SafetyNet, Duration> refuses, int quorum, Duration age) {
        return new SafetyTerms(refuses, List.of(new Escalation(SafetyNet.BACKUP_WITHIN, age, quorum)));
    }

    @Test
    void too_old_a_backup_asks_for_more_people_where_the_rule_says_so() throws Exception {
        SafetyNets nets = nets(new MemoryNets());
        SafetyTerms terms = otherwise(Map.of(), 2, Duration.ofHours(1));
        finished(Duration.ofMinutes(30));
        assertThat(nets.check(terms, "r", 0).quorum()).isZero();
        time.skipTime(Duration.ofHours(3));
        assertThat(nets.check(terms, "r", 9))
                .isEqualTo(new NetsFound(
                        List.of("the last good backup (json) is 3h 30m old; rule \"r\" wants one within 1h, or 2 people"
                                + " to approve"),
                        2));
        assertThatThrownBy(() -> nets.cast(terms, "r", 0, CODE, ""))
                .as("they were not asked")
                .isInstanceOf(NetFailure.class)
                .hasMessageContaining("or 2 people to approve");
        assertThat(nets.cast(terms, "r", 2, CODE, "")).isEmpty();
        assertThat(metrics.scrape())
                .contains("sallyport_safety_nets_total{net=\"backup_within\",outcome=\"escalated\"} 2.0")
                .contains("sallyport_safety_nets_total{net=\"backup_within\",outcome=\"not_met\"} 1.0");
    }

    @Test
    void of_two_rules_one_refuses_later_than_the_other_asks_for_more_people() throws Exception {
        SafetyNets nets = nets(new MemoryNets());
        SafetyTerms both = otherwise(Map.of(), 2, Duration.ofHours(1))
                .and(otherwise(Map.of(SafetyNet.BACKUP_WITHIN, Duration.ofHours(24)), 3, Duration.ofHours(12)));
        finished(Duration.ofHours(2));
        assertThat(nets.check(both, "r", 9).quorum()).isEqualTo(2);
        time.skipTime(Duration.ofHours(11));
        assertThat(nets.check(both, "r", 9).quorum()).isEqualTo(3);
        time.skipTime(Duration.ofHours(12));
        assertThatThrownBy(() -> nets.check(both, "r", 9)).hasMessageEndingWith("wants one within 24h");
    }

    @Test
    void what_cannot_be_told_or_is_dated_in_the_future_asks_nobody() throws Exception {
        SafetyNets nets = nets(new MemoryNets());
        SafetyTerms terms = otherwise(Map.of(), 2, Duration.ofHours(1));
        assertThatThrownBy(() -> nets.check(terms, "r", 9)).hasMessageContaining("it cannot be read");
        finished(Duration.ofMinutes(-30));
        assertThatThrownBy(() -> nets.check(terms, "r", 9)).hasMessageContaining("in the future");
    }

    @Test
    void what_was_read_counts_for_a_second_and_a_failure_does_not() throws Exception {
        SafetyNets nets = nets(new MemoryNets());
        assertThat(failure(nets)).contains("it cannot be read").doesNotContain(folder.toString());
        finished(Duration.ofMinutes(10));
        assertThat(nets.check(WITHIN_AN_HOUR, "r", 0).lines()).hasSize(1);
        Files.delete(folder.resolve("b.json"));
        time.skipTime(Duration.ofMillis(900));
        assertThat(nets.check(WITHIN_AN_HOUR, "r", 0).lines()).hasSize(1);
        time.skipTime(Duration.ofMillis(200));
        assertThat(failure(nets)).contains("it cannot be read");
    }

    @Test
    void its_age_counts_from_now_though_it_was_read_before() throws Exception {
        SafetyNets nets = nets(new MemoryNets());
        finished(Duration.ofMillis(3_599_500));
        assertThat(nets.check(WITHIN_AN_HOUR, "r", 0).lines()).hasSize(1);
        time.skipTime(Duration.ofMillis(600));
        assertThat(failure(nets)).contains("is 1h 0m old");
    }

    @Test
    void every_net_is_counted_by_what_became_of_it() throws Exception {
        SafetyNets nets = nets(new MemoryNets());
        assertThat(failure(nets)).isNotEmpty();
        finished(Duration.ofHours(5));
        assertThat(failure(nets)).isNotEmpty();
        assertThat(nets.cast(new SafetyTerms(Map.of(SafetyNet.RESTORE_POINT, Duration.ZERO)), "r", 0, CODE, ""))
                .extracting(KeptNet::told)
                .containsExactly("restore point sallyport_k7q4f2md at 0/1");
        assertThat(metrics.scrape())
                .contains("sallyport_safety_nets_total{net=\"backup_within\",outcome=\"failed\"} 1.0")
                .contains("sallyport_safety_nets_total{net=\"backup_within\",outcome=\"not_met\"} 1.0")
                .contains("sallyport_safety_nets_total{net=\"restore_point\",outcome=\"ok\"} 1.0");
    }

    @Test
    void what_was_kept_is_found_again_in_the_control_database() throws Exception {
        try (ControlDatabase database = ControlDatabase.open(ControlSettings.IN_MEMORY, time.clock())) {
            NetStore store = new SqlNetStore(database, Duration.ofDays(90), time.clock());
            SafetyTerms point = new SafetyTerms(Map.of(SafetyNet.RESTORE_POINT, Duration.ZERO));
            assertThat(nets(store).cast(point, "r", 0, CODE, "")).hasSize(1);
            time.skipTime(Duration.ofSeconds(1));
            assertThat(nets(store).cast(point, "r", 0, CODE, "a1b2")).hasSize(1);
            assertThat(store.of(CODE))
                    .containsExactly(
                            new RestorePoint("sallyport_k7q4f2md", "0/1", Instant.parse("2026-11-21T02:00:00Z")),
                            new RestorePoint("sallyport_k7q4f2md_a1b2", "0/1", Instant.parse("2026-11-21T02:00:01Z")));
            assertThat(store.of(HoldCode.parse("AAAA-AAAA"))).isEmpty();
            assertThat(store.of(CODE).get(0).lines())
                    .containsExactly("recovery_target_name = 'sallyport_k7q4f2md'", "recovery_target_action = 'pause'");
            boolean unused = database.call(handle ->
                    handle.execute("INSERT INTO kept_net (code, net, kept_at, detail) VALUES ('K7Q4-F2MD', 'keep_rows',"
                                    + " CURRENT_TIMESTAMP, '{\"of\": \"a newer version\"}')")
                            == 1);
            assertThat(store.of(CODE)).hasSize(2);
            time.skipTime(Duration.ofDays(91));
            assertThat(nets(store).cast(point, "r", 0, HoldCode.parse("BBBB-BBBB"), ""))
                    .hasSize(1);
            assertThat(store.of(CODE)).isEmpty();
        }
    }
}
