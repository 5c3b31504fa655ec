package io.sallyport.proxy.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.proxy.approval.AccessPass;
import io.sallyport.proxy.approval.Proven;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Proven BOB = Proven.role("bob", null, null);

    private static Instant watches(Proven who) {
        return new Caller(who, null, Requests.post()).watchesUntil(NOW, LONGEST);
    }

    private static Proven byToken(Duration left) {
        return BOB.by(new AccessPass("kqhwzmrt", "ci"), NOW.plus(left));
    }

    @Test
    void who_watches_by_a_token_comes_back_each_minute_and_no_later_than_its_end() {
        assertThat(watches(byToken(Duration.ofDays(30)))).isEqualTo(NOW.plusSeconds(60));
        assertThat(watches(byToken(Duration.ofSeconds(5)))).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void others_watch_until_their_proof_ends() {
        assertThat(watches(BOB)).isEqualTo(NOW.plus(LONGEST));
        OidcSubject carol = new OidcSubject("https://login.example", "c");
        assertThat(watches(Proven.subject(carol, "carol", Set.of(), NOW.plusSeconds(300))))
                .isEqualTo(NOW.plusSeconds(300));
    }
}
