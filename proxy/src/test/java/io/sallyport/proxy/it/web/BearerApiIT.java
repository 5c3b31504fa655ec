package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.oidc.fakes.TestIssuer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Votes by an issuer's tokens, in front of a real server. */
@Timeout(60)
final class BearerApiIT {
    private OidcPlace place;

    @BeforeEach
    void starts() {
        place = new OidcPlace(Map.of());
    }

    @AfterEach
    void stops() {
        place.close();
    }

    private static String path(HeldStatement held, String vote) {
        return "/api/v1/holds/" + held.code() + "/" + vote;
    }

    private Browser bearing(String subject, String... groups) {
        return place.bearing(place.issuer().token(subject, groups));
    }

    @Test
    void a_token_of_somebody_else_approves_and_the_statement_runs() {
        try (HeldStatement held = place.held("alice", "DELETE FROM t")) {
            Browser.Answer vote = bearing("carol-sub").post(path(held, "approve"), "{\"reason\":\"read it\"}");
            assertThat(vote.status()).isEqualTo(200);
            assertThat(vote.text("endedBy")).isEqualTo("oidc:carol-sub");
            assertThat(held.answer())
                    .extracting(ServerMessage::type)
                    .contains('C')
                    .doesNotContain('E');
            String issuer = place.issuer().url();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(place.proxy().audited())
                            .anySatisfy(line -> assertThat(line)
                                    .contains(
                                            "\"event\":\"voted\"",
                                            "\"voter\":\"oidc:carol-sub\"",
                                            "\"voter_issuer\":\"" + issuer + "\"",
                                            "\"voter_subject\":\"carol-sub\"",
                                            "\"voter_session\":\"api/127.0.0.1\"",
                                            "\"counted\":true")));
        }
    }

    @Test
    void the_requester_cannot_approve_as_somebody_of_the_issuer() {
        try (HeldStatement held = place.held("alice", "DELETE FROM t")) {
            Browser.Answer vote = bearing("alice-sub").post(path(held, "approve"), "{}");
            assertThat(vote.status()).isEqualTo(403);
            assertThat(vote.text("sqlState")).isEqualTo("42501");
            assertThat(vote.text("message")).contains("second person", "oidc:alice-sub is the same person as alice");
            assertThat(bearing("carol-sub").get("/api/v1/holds/" + held.code()).text("state"))
                    .isEqualTo("waiting");
        }
    }

    @Test
    void whom_the_policy_does_not_know_is_told_what_is_missing() {
        try (HeldStatement held = place.held("alice", "DELETE FROM t")) {
            Browser.Answer vote = bearing("mallory").post(path(held, "approve"), "{}");
            assertThat(vote.status()).isEqualTo(403);
            assertThat(vote.text("message"))
                    .contains("nobody can tell", "oidc: \"" + place.issuer().url() + "#mallory\"");
            assertThat(bearing("mallory")
                            .post(path(held, "reject"), "{\"reason\":\"why?\"}")
                            .text("state"))
                    .isEqualTo("rejected");
            assertThat(held.answer().toString()).contains("rejected by oidc:mallory: why?");
        }
    }

    @Test
    void groups_of_approvers_go_by_the_tokens_claims() {
        try (HeldStatement held = place.held("alice", "TRUNCATE t")) {
            assertThat(bearing("carol-sub", "sre", "everybody")
                            .post(path(held, "approve"), "{}")
                            .text("message"))
                    .contains("not among those who may approve", "sre");
            assertThat(bearing("dave-sub", "oncall")
                            .post(path(held, "approve"), "{}")
                            .text("state"))
                    .isEqualTo("approved");
        }
    }

    @Test
    void a_person_counts_once_by_token_and_by_password() {
        try (HeldStatement held = place.held("alice", "UPDATE t SET i = 0")) {
            assertThat(bearing("carol-sub").post(path(held, "approve"), "{}").text("progress"))
                    .isEqualTo("1 of 2");
            Browser page = Browser.at(place.proxy().adminPort());
            page.signIn("by_scram", TestServer.PASSWORD);
            assertThat(page.post(path(held, "approve"), "{}").text("message")).contains("each person counts once");
            assertThat(bearing("dave-sub").post(path(held, "approve"), "{}").text("state"))
                    .isEqualTo("approved");
        }
    }

    @Test
    void who_one_is_is_told_without_a_role() {
        Browser.Answer me = bearing("carol-sub").get("/api/v1/session");
        assertThat(me.text("name")).isEqualTo("oidc:carol-sub");
        assertThat(me.text("issuer")).isEqualTo(place.issuer().url());
        assertThat(me.text("subject")).isEqualTo("carol-sub");
        assertThat(me.json().has("role")).isFalse();
    }

    @Test
    void a_token_that_does_not_count_is_refused_counted_and_not_shown() {
        String expired = place.issuer()
                .key()
                .sign(place.issuer()
                        .claims("carol-sub", TestIssuer.AUDIENCE)
                        .expirationTime(Date.from(Instant.EPOCH))
                        .build());
        Browser.Answer answer = place.bearing(expired).get("/api/v1/holds");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(answer.text("message")).contains("expired at 1970-01-01T00:00:00Z");
        Browser.Answer other = place.bearing(place.issuer()
                        .key()
                        .sign(place.issuer().claims("carol-sub", "grafana").build()))
                .get("/api/v1/holds");
        assertThat(other.status()).isEqualTo(401);
        assertThat(place.proxy().scrape())
                .contains(
                        "sallyport_logins_failed_total{reason=\"token_expired\"} 1.0",
                        "sallyport_logins_failed_total{reason=\"token_audience\"} 1.0");
        Awaitility.await()
                .untilAsserted(() -> assertThat(place.proxy().audited().toString())
                        .contains("\"reason\":\"token_expired\"", "\"reason\":\"token_audience\"")
                        .doesNotContain(expired));
    }

    @Test
    void who_watches_by_a_token_sees_no_more_once_it_has_expired() throws IOException {
        String ending = place.issuer()
                .key()
                .sign(place.issuer()
                        .claims("carol-sub", TestIssuer.AUDIENCE)
                        .expirationTime(Date.from(Instant.now().minusSeconds(25)))
                        .build());
        HttpURLConnection watching = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + place.proxy().adminPort() + "/api/v1/events")
                        .toURL()
                        .openConnection();
        watching.setRequestProperty("Authorization", "Bearer " + ending);
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(watching.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> seen = new ArrayList<>();
            while (!seen.contains("event: over")) {
                seen.add(Objects.requireNonNull(events.readLine(), "the stream ended without a word"));
            }
            assertThat(seen).contains("event: waiting");
        }
    }

    @Test
    void a_flood_of_bad_tokens_is_stopped() {
        for (int i = 0; i < 20; i++) {
            assertThat(place.bearing("eyJ.eyJ.x").get("/api/v1/holds").status()).isEqualTo(401);
        }
        assertThat(bearing("carol-sub").get("/api/v1/holds").status()).isEqualTo(429);
    }

    @Test
    void a_huge_token_is_refused_before_anybody_reads_it() {
        assertThat(place.bearing("x".repeat(13 << 10)).get("/api/v1/holds").status())
                .isEqualTo(401);
        assertThat(place.bearing("x".repeat(17 << 10)).get("/api/v1/holds").status())
                .isEqualTo(431);
    }

    @Test
    void keys_may_change_while_the_proxy_runs() throws InterruptedException {
        assertThat(bearing("carol-sub").get("/api/v1/holds").status()).isEqualTo(200);
        place.issuer().rotate();
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> bearing("carol-sub").get("/api/v1/holds").status() == 200);
    }

    @Test
    void while_the_issuer_is_away_passwords_go_on() {
        try (OidcPlace away = new OidcPlace(Map.of(), issuer -> issuer.down(true))) {
            Browser.Answer refused =
                    away.bearing(away.issuer().token("carol-sub")).get("/api/v1/holds");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("message")).contains("the issuer cannot be asked");
            assertThat(Browser.at(away.proxy().adminPort())
                            .signIn("by_scram", TestServer.PASSWORD)
                            .status())
                    .isEqualTo(200);
            assertThat(away.proxy().scrape()).contains("sallyport_logins_failed_total{reason=\"issuer\"} 1.0");
        }
    }

    @Test
    void an_issuers_token_makes_no_personal_access_token() {
        Browser.Answer answer = bearing("carol-sub").post("/api/v1/access-tokens", "{\"label\":\"x\"}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("message")).contains("oidc:carol-sub proved none");
    }

    @Test
    void other_schemes_and_malformed_tokens_are_refused_in_words() {
        assertThat(place.bearing("sp_abc").get("/api/v1/holds").text("message"))
                .contains("the token is none, or does not work any more");
        Browser digest = Browser.at(place.proxy().adminPort()).with("Authorization", "Digest x");
        assertThat(digest.get("/api/v1/holds").text("message")).contains("expected Authorization: Basic, or Bearer");
    }
}
