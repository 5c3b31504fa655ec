package io.sallyport.proxy.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.config.WebhookEvent;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonBodyTest {
    private static final Surroundings SURROUNDINGS = new Surroundings("production", "https://sallyport.example");

    static HoldNews opened(HoldRequest request) {
        Holds holds = HoldFixture.holds(Clock.systemUTC(), Duration.ofMinutes(10), new HoldObserver() {
            @Override
            public void opened(Hold hold) {}

            @Override
            public void ended(Hold hold, Resolution resolution) {}
        });
        Hold hold = holds.open(request, null, (ended, resolution) -> {});
        return HoldNews.of(WebhookEvent.HOLD_OPENED, hold, null, Instant.EPOCH);
    }

    private static JsonNode hold(HoldNews news, boolean statement) {
        return JsonMapper.shared()
                .readTree(JsonBody.of("d1", news, SURROUNDINGS, statement))
                .path("hold");
    }

    @Test
    void an_approver_reads_what_they_need() {
        HoldNews news = opened(HoldFixture.REQUEST);
        JsonNode hold = hold(news, true);
        assertThat(hold.path("requester").asString()).isEqualTo("alice");
        assertThat(hold.path("database").asString()).isEqualTo("shop");
        assertThat(hold.path("client").asString()).isEqualTo("10.0.0.1:5000");
        assertThat(hold.path("application").asString()).isEqualTo("psql");
        assertThat(hold.path("rule").asString()).isEqualTo("deletes held");
        assertThat(hold.path("message").asString()).isEqualTo("look twice");
        assertThat(hold.path("why").get(0).asString()).isEqualTo("DELETE on users, without WHERE");
        assertThat(hold.path("statement").asString()).isEqualTo("DELETE FROM users");
        assertThat(hold.path("progress").asString()).isEqualTo("0 of 1");
        assertThat(hold.path("missing").get(0).asString()).isEqualTo("1 more person");
        assertThat(Instant.parse(hold.path("expiresAt").asString())).isEqualTo(news.expiresAt());
        assertThat(hold.path("url").asString()).isEqualTo("https://sallyport.example/#" + news.code());
        assertThat(hold.has("endedAt")).isFalse();
    }

    @Test
    void the_statement_is_left_out_where_that_is_asked_for() {
        assertThat(hold(opened(HoldFixture.REQUEST), false).has("statement")).isFalse();
    }

    @Test
    void parameter_values_are_never_in_it_and_secrets_are_masked() {
        HoldRequest request = HoldFixture.of(
                "ALTER ROLE x PASSWORD 'hunter2'; DELETE FROM t WHERE i = $1", List.of("$1 = value-4711"), List.of());
        String body = hold(opened(request), true).toString();
        assertThat(body).contains("PASSWORD '***'").doesNotContain("hunter2", "value-4711");
    }

    @Test
    void a_long_statement_is_cut_and_no_letter_is_halved() {
        JsonNode hold = hold(opened(HoldFixture.of("x" + "😀".repeat(8_000), List.of(), List.of())), true);
        assertThat(hold.path("statement").asString()).hasSize(7_999).endsWith("😀");
        assertThat(hold.path("statementLength").asInt()).isEqualTo(16_001);
    }
}
