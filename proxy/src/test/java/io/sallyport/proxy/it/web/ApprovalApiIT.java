package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Votes by HTTP, honest and otherwise, in front of a server that asks for passwords. */
@Timeout(60)
final class ApprovalApiIT {
    private static final TestServer SERVER = TestServer.shared();
    private static final String REASON = "{\"reason\":\"where is the WHERE?\"}";

    private static TestProxy proxy;
    private static String database;

    private Browser browser;

    @BeforeAll
    static void starts() {
        database = SERVER.freshDatabase();
        SERVER.run(database, "CREATE TABLE t AS SELECT i FROM generate_series(1, 10) i; GRANT ALL ON t TO PUBLIC");
        proxy = TestProxy.start(
                SERVER.port(), "built-in", Map.of("admin", "127.0.0.1:0", "page.url", "https://sallyport.example"));
    }

    @BeforeEach
    void opens_a_browser() {
        browser = Browser.at(proxy.adminPort());
    }

    @AfterAll
    static void stops() {
        proxy.close();
    }

    private static HeldStatement held(String role) {
        return new HeldStatement(proxy, role, database, "DELETE FROM t");
    }

    private static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Test
    void another_role_signs_in_and_approves_and_the_statement_runs() {
        try (HeldStatement held = held("alice")) {
            assertThat(browser.signIn("by_scram", TestServer.PASSWORD).status()).isEqualTo(200);
            Browser.Answer shown = browser.get("/api/v1/holds/" + held.code());
            assertThat(shown.text("statement")).isEqualTo("DELETE FROM t");
            assertThat(shown.text("requester")).isEqualTo("alice");
            Browser.Answer vote = browser.post("/api/v1/holds/" + held.code() + "/approve", "{}");
            assertThat(vote.status()).isEqualTo(200);
            assertThat(vote.text("endedBy")).isEqualTo("by_scram");
            assertThat(held.answer())
                    .extracting(ServerMessage::type)
                    .contains('C')
                    .doesNotContain('E');
        }
    }

    @Test
    void a_rejection_needs_a_reason_and_the_requester_reads_it() {
        try (HeldStatement held = held("alice")) {
            browser.signIn("by_md5", TestServer.PASSWORD);
            String path = "/api/v1/holds/" + held.code() + "/reject";
            assertThat(browser.post(path, "{\"reason\":\" \"}").status()).isEqualTo(422);
            assertThat(browser.post(path, REASON).status()).isEqualTo(200);
            assertThat(held.answer().toString()).contains("rejected by by_md5: where is the WHERE?");
        }
    }

    @Test
    void a_program_votes_with_user_and_password() {
        try (HeldStatement held = held("alice")) {
            browser.with("Authorization", basic("by_scram", TestServer.PASSWORD));
            assertThat(browser.post("/api/v1/holds/" + held.code() + "/reject", REASON)
                            .status())
                    .isEqualTo(200);
            assertThat(proxy.audited().toString()).contains("\"voter_session\":\"api/127.0.0.1\"");
        }
    }

    @Test
    void the_requester_cannot_decide_by_any_of_the_ways() {
        try (HeldStatement held = held("by_scram")) {
            browser.signIn("by_scram", TestServer.PASSWORD);
            Browser program =
                    Browser.at(proxy.adminPort()).with("Authorization", basic("by_scram", TestServer.PASSWORD));
            for (Browser way : new Browser[] {browser, program}) {
                Browser.Answer answer = way.post("/api/v1/holds/" + held.code() + "/approve", "{}");
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.text("sqlState")).isEqualTo("42501");
                assertThat(answer.text("message")).contains("second person");
            }
            assertThat(browser.get("/api/v1/holds/" + held.code()).text("state"))
                    .isEqualTo("waiting");
        }
    }

    @Test
    void nothing_is_told_or_done_without_signing_in() {
        try (HeldStatement held = held("alice")) {
            String hold = "/api/v1/holds/" + held.code();
            for (String path : new String[] {"/api/v1/holds", hold, "/api/v1/history", "/api/v1/events"}) {
                assertThat(browser.get(path).status()).as(path).isEqualTo(401);
            }
            assertThat(browser.post(hold + "/approve", "{}").status()).isEqualTo(401);
            browser.with("Cookie", "sallyport=" + "A".repeat(43)).with("X-Sallyport-Csrf", "A".repeat(43));
            assertThat(browser.post(hold + "/approve", "{}").status()).isEqualTo(401);
        }
    }

    @Test
    void a_change_needs_the_token_and_this_origin() {
        try (HeldStatement held = held("alice")) {
            browser.signIn("by_scram", TestServer.PASSWORD);
            String approve = "/api/v1/holds/" + held.code() + "/approve";
            assertThat(browser.with("Origin", "https://evil.example")
                            .post(approve, "{}")
                            .status())
                    .isEqualTo(403);
            browser.without("Origin").with("Sec-Fetch-Site", "cross-site");
            assertThat(browser.post(approve, "{}").status()).isEqualTo(403);
            browser.without("Sec-Fetch-Site").with("Content-Type", "text/plain");
            assertThat(browser.post(approve, "{}").status()).isEqualTo(403);
            browser.without("Content-Type").with("X-Sallyport-Csrf", "A".repeat(43));
            assertThat(browser.post(approve, "{}").status()).isEqualTo(403);
            assertThat(browser.without("X-Sallyport-Csrf").post(approve, "{}").status())
                    .isEqualTo(403);
            assertThat(browser.send("DELETE", "/api/v1/session", "").status()).isEqualTo(403);
            assertThat(browser.get("/api/v1/holds/" + held.code()).text("state"))
                    .isEqualTo("waiting");
        }
    }

    @Test
    void a_guessed_code_is_missing_and_is_not_repeated() {
        browser.signIn("by_scram", TestServer.PASSWORD);
        for (String code : new String[] {"AAAA-AAAA", "x", "%3Cscript%3E", "..%2f..%2fetc"}) {
            Browser.Answer answer = browser.post("/api/v1/holds/" + code + "/approve", "{}");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.response().body()).doesNotContain(code);
        }
    }

    @Test
    void a_vote_that_is_repeated_finds_nothing_waiting() {
        try (HeldStatement held = held("alice")) {
            browser.signIn("by_scram", TestServer.PASSWORD);
            String path = "/api/v1/holds/" + held.code() + "/approve";
            assertThat(browser.post(path, "{}").status()).isEqualTo(200);
            Browser.Answer again = browser.post(path, "{}");
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.text("sqlState")).isEqualTo("55000");
        }
    }

    @Test
    void bodies_are_small_json_objects_of_strings() {
        try (HeldStatement held = held("alice")) {
            browser.signIn("by_scram", TestServer.PASSWORD);
            String path = "/api/v1/holds/" + held.code() + "/reject";
            assertThat(browser.post(path, "{\"reason\":\"" + "x".repeat(9_000) + "\"}")
                            .status())
                    .isEqualTo(413);
            for (String body :
                    new String[] {"[]", "{", "null", "{\"reason\":[]}", "{\"reason\":\"" + "x".repeat(501) + "\"}"}) {
                assertThat(browser.post(path, body).status()).as(body).isEqualTo(422);
            }
        }
    }

    @Test
    void a_wrong_password_and_an_unknown_role_fail_alike_and_show_nowhere() {
        Browser.Answer wrong = browser.signIn("by_scram", "guess-1234");
        Browser.Answer unknown = browser.signIn("nobody_at_all", "guess-1234");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.response().body()).isEqualTo(wrong.response().body());
        assertThat(proxy.audited().toString()).contains("login_failed").doesNotContain("guess-1234");
        assertThat(proxy.scrape()).contains("sallyport_logins_failed_total{reason=\"wrong_password\"}");
    }

    @Test
    void failures_are_answered_later_and_later_and_in_the_end_not_at_all() {
        Map<String, String> settings = Map.of("admin", "127.0.0.1:0", "auth.failure_delay", "2ms");
        try (TestProxy slow = TestProxy.start(SERVER.port(), "built-in", settings)) {
            Browser guesser = Browser.at(slow.adminPort());
            for (int i = 0; i < 20; i++) {
                assertThat(guesser.signIn("by_scram", "guess").status()).isEqualTo(401);
            }
            Browser.Answer tooMany = guesser.signIn("by_scram", TestServer.PASSWORD);
            assertThat(tooMany.status()).isEqualTo(429);
            assertThat(tooMany.header("retry-after")).isEqualTo("300");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(slow.audited().toString())
                            .contains("\"delay_millis\":2", "\"delay_millis\":4", "\"delay_millis\":64"));
        }
    }

    @Test
    void a_server_that_asks_for_no_password_proves_nobody() {
        assertThat(browser.signIn("bob", "anything").status()).isEqualTo(401);
        assertThat(browser.signIn("by_scram", "").status()).isEqualTo(401);
    }

    @Test
    void a_role_spelt_longer_than_the_server_reads_is_not_another_person() {
        assertThat(browser.signIn("by_scram" + " ".repeat(60), TestServer.PASSWORD)
                        .status())
                .isEqualTo(401);
        assertThat(browser.signIn("by_scram\u0000x", TestServer.PASSWORD).status())
                .isEqualTo(401);
    }

    @Test
    void the_requesters_notice_names_the_page() {
        try (HeldStatement held = held("alice")) {
            assertThat(held.notice()).contains("Page: https://sallyport.example/#" + held.code());
        }
    }

    @Test
    void signing_out_ends_the_session() {
        browser.signIn("by_scram", TestServer.PASSWORD);
        assertThat(browser.get("/api/v1/session").text("role")).isEqualTo("by_scram");
        assertThat(browser.send("DELETE", "/api/v1/session", "").status()).isEqualTo(200);
        assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    void what_ended_is_found_in_the_history() {
        try (HeldStatement held = held("alice")) {
            browser.signIn("by_scram", TestServer.PASSWORD);
            browser.post("/api/v1/holds/" + held.code() + "/reject", REASON);
            assertThat(browser.get("/api/v1/history?q=" + held.code())
                            .json()
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
            assertThat(browser.get("/api/v1/history?q=nothing-has-this")
                            .json()
                            .path("total")
                            .asInt())
                    .isZero();
        }
    }
}
