package io.sallyport.proxy.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.session.fakes.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldsTest {
    private static final HoldListener NOBODY = (hold, resolution) -> {};

    private final ManualLoop time = new ManualLoop();
    private final List<String> observed = new ArrayList<>();
    private final Holds holds = HoldFixture.holds(time.clock(), Duration.ofMinutes(10), new HoldObserver() {
        @Override
        public void opened(Hold hold) {
            observed.add("opened");
        }

        @Override
        public void ended(Hold hold, Resolution resolution) {
            observed.add(resolution.label());
        }
    });

    @Test
    void an_open_hold_waits_and_is_found_by_its_code() {
        Hold hold = holds.open(HoldFixture.REQUEST, null, NOBODY);
        assertThat(hold.state()).isEqualTo("waiting");
        assertThat(hold.expiresAt()).isEqualTo(hold.openedAt().plus(Duration.ofMinutes(10)));
        assertThat(holds.find(hold.code())).containsSame(hold);
        assertThat(holds.waiting()).containsExactly(hold);
        assertThat(observed).containsExactly("opened");
    }

    @Test
    void the_first_resolution_stands_and_the_listener_hears_it_once() {
        List<Resolution> heard = new ArrayList<>();
        Hold hold = holds.open(HoldFixture.REQUEST, null, (h, resolution) -> heard.add(resolution));
        assertThat(holds.resolve(hold, new Resolution.Rejected("bob", "no"))).isTrue();
        assertThat(holds.resolve(hold, new Resolution.Approved("carol"))).isFalse();
        assertThat(holds.resolve(hold, new Resolution.Expired())).isFalse();
        assertThat(heard).containsExactly(new Resolution.Rejected("bob", "no"));
        assertThat(hold.resolution()).isEqualTo(new Resolution.Rejected("bob", "no"));
        assertThat(observed).containsExactly("opened", "rejected");
    }

    @Test
    void a_hold_that_ended_is_still_found_but_waits_no_more() {
        Hold hold = holds.open(HoldFixture.REQUEST, null, NOBODY);
        holds.resolve(hold, new Resolution.Withdrawn("gone"));
        assertThat(holds.find(hold.code()).map(Hold::state)).contains("withdrawn");
        assertThat(holds.waiting()).isEmpty();
    }

    @Test
    void of_a_hold_that_ended_no_parameter_is_kept() {
        HoldRequest request = HoldFixture.of("x".repeat(9_000), List.of("$1 = 'secret'"), List.of());
        Hold hold = holds.open(request, null, NOBODY);
        assertThat(holds.find(hold.code()).orElseThrow().request()).isSameAs(request);
        holds.resolve(hold, new Resolution.Expired());
        HoldRequest kept = holds.find(hold.code()).orElseThrow().request();
        assertThat(kept.parameters()).isEmpty();
        assertThat(kept.texts()).hasSizeLessThan(4_100).endsWith("… (cut)");
    }

    @Test
    void the_memory_of_ended_holds_is_bounded() {
        Hold first = holds.open(HoldFixture.REQUEST, null, NOBODY);
        holds.resolve(first, new Resolution.Expired());
        for (int i = 0; i < 1_000; i++) {
            holds.resolve(holds.open(HoldFixture.REQUEST, null, NOBODY), new Resolution.Expired());
        }
        assertThat(holds.find(first.code())).isEmpty();
    }

    /** The timer may be late; the clock is not. */
    @Test
    void an_approval_after_the_expiry_expires_the_hold_instead() {
        Hold hold = holds.open(HoldFixture.REQUEST, null, NOBODY);
        time.skipTime(Duration.ofMinutes(10).plusMillis(1));
        assertThat(holds.resolve(hold, new Resolution.Approved("bob"))).isFalse();
        assertThat(hold.resolution()).isEqualTo(new Resolution.Expired());
    }

    @Test
    void an_approval_in_the_last_moment_counts() {
        Hold hold = holds.open(HoldFixture.REQUEST, null, NOBODY);
        time.skipTime(Duration.ofMinutes(10));
        assertThat(holds.resolve(hold, new Resolution.Approved("bob"))).isTrue();
    }

    @Test
    void too_many_waiting_holds_are_refused_and_one_that_ends_makes_room() {
        Hold last = holds.open(HoldFixture.REQUEST, null, NOBODY);
        for (int i = 1; i < 10_000; i++) {
            last = holds.open(HoldFixture.REQUEST, null, NOBODY);
        }
        assertThatThrownBy(() -> holds.open(HoldFixture.REQUEST, null, NOBODY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("too many statements are held already (10000)");
        holds.resolve(last, new Resolution.Expired());
        assertThat(holds.open(HoldFixture.REQUEST, null, NOBODY).state()).isEqualTo("waiting");
    }

    @Test
    void a_hold_that_cannot_be_announced_does_not_wait() {
        Holds unrecorded = HoldFixture.holds(time.clock(), Duration.ofMinutes(10), new HoldObserver() {
            @Override
            public void opened(Hold hold) {
                throw new IllegalStateException("no disk");
            }

            @Override
            public void ended(Hold hold, Resolution resolution) {}
        });
        assertThatThrownBy(() -> unrecorded.open(HoldFixture.REQUEST, null, NOBODY))
                .hasMessage("no disk");
        assertThat(unrecorded.waiting()).isEmpty();
    }

    @Test
    void the_oldest_hold_is_listed_first() {
        List<Hold> opened = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            opened.add(holds.open(HoldFixture.REQUEST, null, NOBODY));
            time.skipTime(Duration.ofSeconds(1));
        }
        assertThat(holds.waiting()).isEqualTo(opened);
    }

    @Test
    void codes_are_tokens_that_people_can_read_aloud() {
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            String code = HoldCode.random().value();
            assertThat(code).matches("[A-HJ-KM-NP-Z][A-HJ-KM-NP-Z2-9]{3}-[A-HJ-KM-NP-Z][A-HJ-KM-NP-Z2-9]{3}");
            codes.add(code);
        }
        assertThat(codes).hasSizeGreaterThan(4_990);
    }

    @Test
    void codes_are_taken_as_people_type_them() {
        assertThat(HoldCode.parse(" k7q4-f2md ")).isEqualTo(new HoldCode("K7Q4-F2MD"));
        for (String wrong : List.of("", "K7Q4", "K7Q4F2MD", "K7Q4-F2MD2", "K7Q4-F2M!", "' OR 1=1")) {
            assertThatThrownBy(() -> HoldCode.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"" + wrong + "\" is not a hold code: expected the form K7Q4-F2MD");
        }
    }
}
