package io.sallyport.proxy.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sallyport.policies.approval.Identity;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFeed;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.hold.Votes;
import io.sallyport.proxy.store.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What reaches a receiver, in which order, and how often, over real HTTP. */
@Timeout(60)
class WebhooksTest {
    private static final Vote BOBS = new Vote(new Identity("bob", null), "bob", "s2", "fine", Set.of(0), Instant.EPOCH);

    @TempDir
    Path folder;

    private final Inbox inbox = new Inbox();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.sallyport.proxy.webhook");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listens_to_the_log() {
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.TRACE);
    }

    @AfterEach
    void closes() {
        logger.detachAppender(logged);
        logger.setLevel(null);
        inbox.close();
    }

    private Fixture json(String... more) {
        Map<String, String> settings = Fixture.json(inbox, folder);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new Fixture(settings);
    }

    private String log() {
        return List.copyOf(logged.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void a_hold_is_told_when_it_opens_and_when_it_ends() throws StoreUnavailable {
        try (Fixture it = json()) {
            Hold hold = it.open();
            new Votes(it.holds).add(hold, BOBS, vote -> false);
            List<Inbox.Letter> letters = inbox.await(2);
            assertThat(inbox.events()).containsExactly("hold.opened", "hold.ended");
            assertThat(letters.get(0).json().path("environment").asString()).isEqualTo("production");
            assertThat(letters.get(0).json().path("hold").path("state").asString())
                    .isEqualTo("waiting");
            assertThat(letters.get(1).json().path("hold").path("state").asString())
                    .isEqualTo("approved");
            assertThat(letters.get(1).json().path("hold").path("endedBy").asString())
                    .isEqualTo("bob");
            assertThat(letters.get(0).json().path("hold").path("code"))
                    .isEqualTo(letters.get(1).json().path("hold").path("code"));
            assertThat(letters.get(0).json().path("delivery").asString())
                    .isEqualTo(letters.get(0).delivery());
        }
    }

    @Test
    void what_ends_with_its_proxy_is_told_by_another_and_what_waits_there_is_not() {
        try (Fixture it = json()) {
            Hold hold = HoldFixture.holds(Clock.systemUTC(), Duration.ofMinutes(1), new HoldFeed(it.webhooks))
                    .open(HoldFixture.REQUEST, null, (ended, resolution) -> {});
            inbox.await(1);
            it.webhooks.openedElsewhere(hold);
            it.webhooks.changedElsewhere(hold);
            it.webhooks.endedElsewhere(hold, new Resolution.Expired());
            it.webhooks.orphaned(hold, new Resolution.Withdrawn("its proxy ended"));
            assertThat(inbox.await(2).get(1).text()).contains("\"withdrawn\"", "its proxy ended");
            assertThat(inbox.events()).containsExactly("hold.opened", "hold.ended");
        }
    }

    @Test
    void break_glass_is_an_event_of_its_own() {
        try (Fixture it = json()) {
            it.holds.resolve(it.open(), new Resolution.BrokenGlass("alice", "the disk is full"));
            assertThat(inbox.await(3).get(1).json().path("hold").path("reason").asString())
                    .isEqualTo("the disk is full");
            assertThat(inbox.events()).containsExactly("hold.opened", "break_glass", "hold.ended");
        }
    }

    @Test
    void only_what_is_subscribed_to_is_told() {
        try (Fixture it = json("events", "break_glass, hold.ended")) {
            it.holds.resolve(it.open(), new Resolution.Rejected("bob", "no"));
            inbox.await(1);
            assertThat(inbox.events()).containsExactly("hold.ended");
        }
    }

    @Test
    void what_fails_for_now_is_told_again_under_the_same_id() {
        inbox.next(Inbox.answer(500, "")).next(Inbox.answer(503, "")).next(Inbox.answer(429, ""));
        try (Fixture it = json()) {
            it.open();
            List<Inbox.Letter> letters = inbox.await(4);
            assertThat(letters)
                    .extracting(Inbox.Letter::delivery)
                    .containsOnly(letters.get(0).delivery());
            Awaitility.await().until(() -> it.metric("deliveries_total", "delivered") == 1);
            assertThat(it.metric("retries_total", "ops")).isEqualTo(3);
            assertThat(it.metric("queue", "ops")).isZero();
            assertThat(log()).contains("webhook ops (127.0.0.1): hold.opened of ", "HTTP 500; it is tried again");
        }
    }

    @Test
    void a_receiver_that_names_a_time_is_left_alone_until_then() {
        inbox.next(Inbox.answer(429, "", "Retry-After", "1"));
        try (Fixture it = json()) {
            long begin = System.nanoTime();
            it.open();
            inbox.await(1);
            it.open();
            inbox.await(3);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(950));
        }
    }

    @Test
    void a_receiver_that_does_not_answer_is_asked_again() {
        inbox.next(inbox.hangs());
        try (Fixture it = json("timeout", "300ms")) {
            it.open();
            inbox.await(2);
            Awaitility.await().until(() -> it.metric("deliveries_total", "delivered") == 1);
            assertThat(log()).contains("no answer in time");
        }
    }

    @Test
    void an_answer_that_never_ends_is_not_waited_for() {
        inbox.next((exchange, letter) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("drip".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            inbox.hangs().to(exchange, letter);
        });
        try (Fixture it = json("timeout", "300ms")) {
            it.open();
            inbox.await(2);
        }
    }

    @Test
    void of_a_huge_answer_only_the_beginning_is_read() {
        inbox.next((exchange, letter) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[1 << 20];
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(piece);
            }
        });
        try (Fixture it = json()) {
            it.open();
            Awaitility.await().until(() -> it.metric("deliveries_total", "delivered") == 1);
            assertThat(inbox.letters()).hasSize(1);
        }
    }

    @Test
    void what_is_refused_or_sent_elsewhere_is_not_told_again() {
        inbox.next(Inbox.answer(404, "no_service")).next(Inbox.answer(302, "", "Location", inbox.url() + "/elsewhere"));
        try (Fixture it = json()) {
            it.open();
            it.open();
            it.open();
            Awaitility.await().until(() -> it.metric("deliveries_total", "delivered") == 1);
            assertThat(it.metric("deliveries_total", "failed")).isEqualTo(2);
            assertThat(inbox.letters())
                    .hasSize(3)
                    .extracting(Inbox.Letter::path)
                    .containsOnly("/very-secret-path");
            assertThat(log())
                    .contains("given up after 1 attempts: HTTP 404", "HTTP 302, and redirects are not followed");
        }
    }

    @Test
    void trying_again_has_an_end() {
        inbox.always(Inbox.answer(500, ""));
        try (Fixture it = json("retry_for", "200ms")) {
            it.open();
            Awaitility.await().until(() -> it.metric("deliveries_total", "failed") == 1);
            assertThat(inbox.letters()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void news_of_one_hold_keep_their_order() {
        inbox.next(Inbox.answer(500, "")).next(Inbox.answer(500, "")).next(Inbox.answer(500, ""));
        try (Fixture it = json()) {
            Hold first = it.open();
            it.holds.resolve(first, new Resolution.Rejected("bob", "no"));
            inbox.await(4);
            Hold second = it.open();
            it.holds.resolve(second, new Resolution.Rejected("bob", "no"));
            inbox.await(7);
            Awaitility.await().until(() -> it.metric("deliveries_total", "delivered") == 4);
            for (Hold hold : List.of(first, second)) {
                assertThat(inbox.letters())
                        .filteredOn(letter -> letter.text().contains(hold.code().value()))
                        .extracting(Inbox.Letter::event)
                        .startsWith("hold.opened")
                        .endsWith("hold.ended")
                        .containsSubsequence("hold.opened", "hold.ended")
                        .doesNotContainSubsequence("hold.ended", "hold.opened");
            }
        }
    }

    @Test
    void a_hold_that_cannot_be_told_holds_up_no_other() {
        AtomicReference<String> failing = new AtomicReference<>("hold.opened");
        inbox.always((exchange, letter) -> Inbox.answer(letter.text().contains(failing.get()) ? 500 : 200, "")
                .to(exchange, letter));
        try (Fixture it = json()) {
            Hold first = it.open();
            failing.set(first.code().value());
            inbox.await(2);
            it.holds.resolve(it.open(), new Resolution.Rejected("bob", "no"));
            Awaitility.await().until(() -> it.metric("deliveries_total", "delivered") == 2);
            failing.set("nothing");
            Awaitility.await().until(() -> it.metric("deliveries_total", "delivered") == 3);
        }
    }

    @Test
    void what_finds_no_room_is_dropped_and_counted() {
        inbox.always(inbox.hangs());
        Map<String, String> settings = Fixture.json(inbox, folder);
        settings.put("timeout", "5s");
        try (Fixture it = new Fixture(settings, 5)) {
            long begin = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                it.open();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            assertThat(it.metric("deliveries_total", "dropped")).isEqualTo(95);
            assertThat(it.metric("queue", "ops")).isEqualTo(5);
            assertThat(log().lines().filter(line -> line.contains("the queue is full")))
                    .hasSize(1);
        }
        assertThat(log()).contains("5 events were not told before the end");
    }

    @Test
    void what_waits_when_the_proxy_ends_is_told_once_more_and_no_longer() {
        inbox.next(Inbox.answer(500, "", "Retry-After", "60"));
        Fixture it = json();
        Hold hold = it.open();
        inbox.await(1);
        it.holds.resolve(hold, new Resolution.Shutdown());
        it.close();
        assertThat(inbox.events()).containsExactly("hold.opened", "hold.opened", "hold.ended");

        inbox.always(inbox.hangs());
        Fixture stuck = json();
        stuck.open();
        long begin = System.nanoTime();
        stuck.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
}
