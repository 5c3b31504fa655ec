package io.sallyport.proxy.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.approval.Proven;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossSiteTest {
    private static final WebSession BOB = new WebSession(Proven.role("bob", null, Set.of()), "token", Instant.EPOCH);

    @Test
    void the_own_page_and_programs_may_change_things() {
        assertThat(CrossSite.refusal(Requests.post())).isNull();
        assertThat(CrossSite.refusal(Requests.post("Origin", "http://sallyport:6480", "Sec-Fetch-Site", "same-origin")))
                .isNull();
        assertThat(CrossSite.refusal(Requests.post("Origin", "https://sallyport:6480")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://sallyport",
                "http://sallyport:6481",
                "null",
                "",
                "http://sallyport:6480.evil"
            })
    void another_origin_may_not(String origin) {
        assertThat(CrossSite.refusal(Requests.post("Origin", origin))).contains("another origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "anything"})
    void another_site_may_not(String site) {
        assertThat(CrossSite.refusal(Requests.post("Sec-Fetch-Site", site))).contains("another site");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""})
    void what_a_form_of_another_site_can_send_is_not_taken(String type) {
        assertThat(CrossSite.refusal(Requests.post("Content-Type", type))).contains("application/json");
    }

    @Test
    void the_token_is_the_sessions_own() {
        assertThat(CrossSite.hasToken(Requests.post("X-Sallyport-Csrf", "token"), BOB))
                .isTrue();
        assertThat(CrossSite.hasToken(Requests.post("X-Sallyport-Csrf", "Token"), BOB))
                .isFalse();
        assertThat(CrossSite.hasToken(Requests.post(), BOB)).isFalse();
    }
}
