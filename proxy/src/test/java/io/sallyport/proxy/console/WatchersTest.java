package io.sallyport.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What watchers are told of holds, and how much of it is kept for them. */
class WatchersTest {
    private static final Clock TWO = Clock.fixed(Instant.parse("2026-11-21T02:00:00Z"), ZoneOffset.UTC);

    private final Watchers watchers = new Watchers(TWO);
    private int woken;
    private final EventQueue queue = Objects.requireNonNull(watchers.join("alice", () -> woken++));

    private static Hold hold(String text) {
        Holds holds = HoldFixture.holds(TWO, Duration.ofMinutes(10), new HoldObserver() {
            @Override
            public void opened(Hold hold) {}

            @Override
            public void ended(Hold hold, Resolution resolution) {}
        });
        return holds.open(HoldFixture.of(text, List.of(), List.of()), null, (hold, how) -> {});
    }

    private WatchEvent only() {
        List<WatchEvent> events = queue.take();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    void an_end_says_who_and_why_and_what_people_said_stands_apart() {
        Hold hold = hold("DELETE FROM users");
        watchers.ended(hold, new Resolution.Rejected("bob", "ok, rule \"harmless\": SELECT 1"));
        WatchEvent event = only();
        assertThat(event.line())
                .isEqualTo("02:00:00 UTC rejected " + hold.code()
                        + " of alice on shop, by bob, rule \"deletes held\": DELETE FROM users");
        assertThat(event.why()).isEqualTo("ok, rule \"harmless\": SELECT 1");
        assertThat(event.row())
                .containsExactly(
                        "2026-11-21T02:00:00Z",
                        "rejected",
                        hold.code().value(),
                        "alice",
                        "shop",
                        "deletes held",
                        "DELETE FROM users",
                        "bob",
                        event.why());
    }

    @Test
    void control_characters_half_letters_and_bidirectional_marks_become_question_marks() {
        Hold hold = hold("DELETE\u0007 \u009b31m \u202e \u2066 \u200b \ud83d\u2028 FROM\r\n\tusers");
        watchers.ended(hold, new Resolution.Withdrawn("\u001b]0;title\u0007"));
        WatchEvent event = only();
        assertThat(event.statement()).isEqualTo("DELETE? ?31m ? ? ? ?? FROM users");
        assertThat(event.why()).isEqualTo("?]0;title?");
    }

    @Test
    void what_is_kept_for_one_who_does_not_take_it_has_an_end() {
        Hold hold = hold("DELETE FROM users");
        for (int i = 0; i < 700; i++) {
            watchers.opened(hold);
        }
        assertThat(woken).isEqualTo(1);
        assertThat(queue.take()).hasSize(500);
        assertThat(queue.lost()).isEqualTo(200);
        assertThat(queue.lost()).isZero();
        watchers.opened(hold);
        assertThat(woken).isEqualTo(2);
    }

    @Test
    void one_role_takes_not_all_places() {
        for (int i = 1; i < Watchers.MOST_OF_ONE; i++) {
            assertThat(watchers.join("alice", () -> {})).isNotNull();
        }
        assertThat(watchers.hasRoomFor("alice")).isFalse();
        assertThat(watchers.join("alice", () -> {})).isNull();
        assertThat(watchers.join("bob", () -> {})).isNotNull();
    }

    @Test
    void one_who_cannot_be_woken_keeps_nothing_from_the_others() {
        EventQueue broken = Objects.requireNonNull(watchers.join("alice", () -> {
            throw new IllegalStateException("its loop is gone");
        }));
        EventQueue later = Objects.requireNonNull(watchers.join("alice", () -> {}));
        watchers.opened(hold("DELETE FROM users"));
        assertThat(later.take()).hasSize(1);
        watchers.leave(broken);
        assertThat(watchers.size()).isEqualTo(2);
    }
}
