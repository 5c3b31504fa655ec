package io.sallyport.proxy.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.Resolution;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bot posts one message a hold, and changes it. */
@Timeout(60)
class SlackBotTest {
    private static final String POSTED = "{\"ok\":true,\"channel\":\"C42\",\"ts\":\"1700.42\"}";

    @TempDir
    Path folder;

    private final Inbox slack = new Inbox().always(Inbox.answer(200, POSTED));

    @AfterEach
    void closes() {
        slack.close();
    }

    private Fixture bot(String token) {
        Map<String, String> settings = new HashMap<>(Map.of("format", "slack", "channel", "#dba"));
        settings.put("url", slack.url() + "/api");
        settings.put("token_file", Fixture.file(folder, token));
        return new Fixture(settings);
    }

    @Test
    void a_message_is_changed_when_its_hold_ends() {
        try (Fixture it = bot("xoxb-1")) {
            it.holds.resolve(it.open(), new Resolution.Rejected("bob", "no <!here>"));
            List<Inbox.Letter> letters = slack.await(2);
            assertThat(letters)
                    .extracting(Inbox.Letter::path)
                    .containsExactly("/api/chat.postMessage", "/api/chat.update");
            assertThat(letters).extracting(Inbox.Letter::authorization).containsOnly("Bearer xoxb-1");
            assertThat(letters.get(0).json().path("channel").asString()).isEqualTo("#dba");
            assertThat(letters.get(1).json().path("channel").asString()).isEqualTo("C42");
            assertThat(letters.get(1).json().path("ts").asString()).isEqualTo("1700.42");
            assertThat(letters.get(1).text())
                    .contains("rejected by bob", "no &lt;!here&gt;")
                    .doesNotContain("\"button\"", "<!here>");
        }
    }

    @Test
    void break_glass_is_a_message_of_its_own() {
        try (Fixture it = bot("xoxb-1")) {
            it.holds.resolve(it.open(), new Resolution.BrokenGlass("alice", "disk full"));
            assertThat(slack.await(3))
                    .extracting(Inbox.Letter::path)
                    .containsExactly("/api/chat.postMessage", "/api/chat.postMessage", "/api/chat.update");
            assertThat(slack.letters().get(1).text()).contains("PRODUCTION: BREAK-GLASS by alice", "disk full");
        }
    }

    @Test
    void a_message_that_is_gone_is_posted_anew() {
        slack.next(Inbox.answer(200, POSTED)).next(Inbox.answer(200, "{\"ok\":false,\"error\":\"message_not_found\"}"));
        try (Fixture it = bot("xoxb-1")) {
            it.holds.resolve(it.open(), new Resolution.Expired());
            assertThat(slack.await(3).get(2).path()).isEqualTo("/api/chat.postMessage");
            assertThat(slack.letters().get(2).json().has("ts")).isFalse();
        }
    }

    @Test
    void what_slack_says_in_the_body_of_a_200_counts() {
        slack.next(Inbox.answer(200, "{\"ok\":false,\"error\":\"ratelimited\"}"))
                .next(Inbox.answer(200, "{\"ok\":false,\"error\":\"invalid_auth\"}"))
                .next(Inbox.answer(200, "<html>"));
        try (Fixture it = bot("xoxb-1")) {
            it.open();
            Awaitility.await().until(() -> it.metric("deliveries_total", "failed") == 1);
            assertThat(it.metric("retries_total", "ops")).isEqualTo(1);
            Hold second = it.open();
            Awaitility.await().until(() -> it.metric("deliveries_total", "failed") == 2);
            it.holds.resolve(second, new Resolution.Expired());
            Awaitility.await().until(() -> it.metric("deliveries_total", "delivered") == 1);
            assertThat(slack.letters()).extracting(Inbox.Letter::path).containsOnly("/api/chat.postMessage");
        }
    }

    @Test
    void a_token_that_could_be_more_than_one_header_is_refused_and_not_repeated() {
        assertThatThrownBy(() -> bot("xoxb-1\r\nX: y"))
                .hasMessageContaining("webhooks.ops.token_file")
                .hasMessageNotContaining("xoxb-1\r");
    }
}
