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

/** Who ends a hold is told of all of it; what stays in memory afterwards is small and cannot come to life again. */
final class RememberedHoldTest {
    private static final Resolution WITHDRAWN = new Resolution.Withdrawn("canceled");

    private static final HoldRequest LARGE = HoldFixture.of(
            "x".repeat(1_000_000), List.of("$1 = 'secret'"), Collections.nCopies(500, "DELETE on t, without WHERE"));

    private final List<Hold> told = new ArrayList<>();

    private final Holds holds =
            HoldFixture.holds(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), Duration.ofMinutes(10), new HoldObserver() {
                @Override
                public void opened(Hold hold) {
                    told.add(hold);
                }

                @Override
                public void ended(Hold hold, Resolution resolution) {
                    told.add(hold);
                }
            });

    private final Hold hold = holds.open(LARGE, null, (ended, how) -> told.add(ended));

    private Hold remembered() {
        assertThat(holds.resolve(hold, WITHDRAWN)).isTrue();
        return holds.find(hold.code()).orElseThrow();
    }

    @Test
    void little_is_kept() {
        HoldRequest kept = remembered().request();
        assertThat(kept.texts()).isEqualTo("x".repeat(4_000) + " … (cut)");
        assertThat(kept.summaries()).hasSize(20);
        assertThat(kept.parameters()).isEmpty();
    }

    @Test
    void who_asked_and_how_it_ended_are_kept() {
        Hold kept = remembered();
        assertThat(kept.request().requester()).isEqualTo("alice");
        assertThat(kept.resolution()).isEqualTo(WITHDRAWN);
        assertThat(kept.expiresAt()).isEqualTo(hold.expiresAt());
    }

    @Test
    void what_is_kept_cannot_be_approved() {
        assertThat(holds.resolve(remembered(), new Resolution.Approved("bob"))).isFalse();
    }

    @Test
    void audit_and_requester_are_told_with_the_whole_text() {
        remembered();
        assertThat(told).hasSize(3).allSatisfy(heard -> assertThat(heard).isSameAs(hold));
    }
}
