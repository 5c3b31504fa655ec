package io.sallyport.proxy.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What memory a hold takes: all it needs while it waits, little once it has ended. */
final class RememberedHoldTest {
    private static final Resolution WITHDRAWN = new Resolution.Withdrawn("canceled");

    private final List<Hold> told = new ArrayList<>();

    private final Holds holds =
            new Holds(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), Duration.ofMinutes(10), new HoldObserver() {
                @Override
                public void opened(Hold hold) {}

                @Override
                public void ended(Hold hold, Resolution resolution) {
                    told.add(hold);
                }
            });

    private static HoldRequest request(String texts) {
        return new HoldRequest(
                "s-1",
                "alice",
                "shop",
                "psql",
                "127.0.0.1",
                "whole-table writes",
                "",
                texts,
                List.of("$1 = secret"),
                Collections.nCopies(500, "DELETE on t, without WHERE"),
                List.of());
    }

    private Hold open(HoldRequest request) {
        return holds.open(request, (hold, how) -> told.add(hold));
    }

    private HoldRequest remembered(Hold hold) {
        return holds.find(hold.code()).orElseThrow().request();
    }

    @Test
    void a_waiting_hold_is_kept_whole() {
        HoldRequest request = request("x".repeat(1_000_000));
        assertThat(remembered(open(request))).isSameAs(request);
    }

    @Test
    void an_ended_hold_keeps_little_text_and_no_parameters() {
        Hold hold = open(request("x".repeat(1_000_000)));
        assertThat(holds.resolve(hold, WITHDRAWN)).isTrue();
        HoldRequest kept = remembered(hold);
        assertThat(kept.texts()).startsWith("x".repeat(4_000)).hasSizeLessThan(4_020);
        assertThat(kept.parameters()).isEmpty();
        assertThat(kept.summaries()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void an_ended_hold_still_says_who_asked_and_how_it_ended() {
        Hold hold = open(request("DELETE FROM t"));
        assertThat(holds.resolve(hold, WITHDRAWN)).isTrue();
        Hold kept = holds.find(hold.code()).orElseThrow();
        assertThat(kept.request().requester()).isEqualTo("alice");
        assertThat(kept.request().texts()).isEqualTo("DELETE FROM t");
        assertThat(kept.resolution()).isEqualTo(WITHDRAWN);
        assertThat(kept.expiresAt()).isEqualTo(hold.expiresAt());
        assertThat(holds.resolve(kept, new Resolution.Approved("bob"))).isFalse();
    }

    @Test
    void audit_and_requester_are_told_with_the_whole_text() {
        Hold hold = open(request("x".repeat(1_000_000)));
        assertThat(holds.resolve(hold, WITHDRAWN)).isTrue();
        assertThat(told).hasSize(2).allSatisfy(heard -> assertThat(heard).isSameAs(hold));
    }
}
