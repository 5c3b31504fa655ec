package io.sallyport.proxy.it.web;

import static io.sallyport.proxy.it.web.AccessPlace.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.psql.ClientTools;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Personal access tokens where the server authenticates, and nobody asks it later; in front of a real server. */
@Timeout(60)
final class AccessTokenIT {
    private static final String TOKENS = "/api/v1/access-tokens";
    private static final String NONE = "the token is none, or does not work any more";

    private AccessPlace place;

    @BeforeEach
    void starts() {
        place = new AccessPlace(TestServer.shared(), Map.of());
    }

    @AfterEach
    void stops() {
        place.close();
    }

    private Browser page(String role) {
        Browser browser = Browser.at(place.proxy().adminPort());
        assertThat(browser.signIn(role, TestServer.PASSWORD).status()).isEqualTo(200);
        return browser;
    }

    @Test
    void made_in_psql_it_approves_by_the_api_and_the_held_statement_runs() {
        ClientTools.assumeInstalled("psql");
        ClientTools.Result psql = ClientTools.run(
                ClientTools.command("psql", place.proxy().port(), "access_bob", place.database(), "-XAt"),
                "SALLYPORT ACCESS TOKEN 'nightly' FOR '2h';\nSALLYPORT ACCESS TOKENS;\n");
        List<String> made = List.of(psql.out().split("[|\n]"));
        assertThat(made.subList(2, 5)).containsExactly("nightly", "access_bob", "2h 0m");
        AccessPlace.Token token = new AccessPlace.Token(made.get(0), made.get(1));
        place.secrets().add(token.secret());
        try (HeldStatement held = place.held("alice", "DELETE FROM t")) {
            Browser.Answer vote = place.approves(token, held);
            assertThat(vote.status()).isEqualTo(200);
            assertThat(vote.text("endedBy")).isEqualTo("access_bob");
            assertThat(held.answer())
                    .extracting(ServerMessage::type)
                    .contains('C')
                    .doesNotContain('E');
        }
        assertThat(place.say("access_bob", "SALLYPORT ACCESS TOKENS"))
                .startsWith(token.id(), "nightly")
                .last()
                .asString()
                .isNotEmpty();
        String via = "\"via\":\"token " + token.id() + " (nightly)\"";
        Awaitility.await()
                .untilAsserted(() -> assertThat(place.proxy().audited())
                        .anySatisfy(line ->
                                assertThat(line).contains("access_token_made", token.id(), "\"label\":\"nightly\""))
                        .anySatisfy(line -> assertThat(line)
                                .contains("\"event\":\"voted\"", "\"voter\":\"access_bob\"", via, "\"counted\":true")));
    }

    @Test
    void nobody_approves_their_own_by_a_token_or_by_that_of_another_role_of_theirs() {
        try (HeldStatement held = place.held("alice", "DELETE FROM t")) {
            for (String role : List.of("alice", "access_alice")) {
                Browser.Answer vote = place.approves(place.token(role), held);
                assertThat(vote.status()).isEqualTo(403);
                assertThat(vote.text("message")).contains("second person");
            }
            assertThat(page("by_scram").get("/api/v1/holds/" + held.code()).text("state"))
                    .isEqualTo("waiting");
        }
    }

    @Test
    void a_token_rejects_too_but_breaks_no_glass() {
        AccessPlace.Token token = place.token("access_bob");
        try (HeldStatement held = place.held("alice", "DELETE FROM t")) {
            assertThat(place.bearing(token)
                            .post(path(held, "reject"), "{\"reason\":\"not today\"}")
                            .text("state"))
                    .isEqualTo("rejected");
            assertThat(held.answer().toString()).contains("not today");
        }
        try (HeldStatement own = place.held("access_bob", "TRUNCATE t")) {
            Browser.Answer vote = place.bearing(token).post(path(own, "break-glass"), "{\"reason\":\"fire\"}");
            assertThat(vote.status()).isEqualTo(403);
            assertThat(vote.text("message")).contains("a personal access token does not do");
            assertThat(place.bearing(token)
                            .get("/api/v1/holds/" + own.code())
                            .json()
                            .path("mayBreakGlass")
                            .asBoolean(false))
                    .isFalse();
        }
    }

    @Test
    void revoked_expired_garbage_and_guessed_are_refused_alike_and_counted() {
        AccessPlace.Token revoked = place.token("access_bob");
        assertThat(place.bearing(revoked).get("/api/v1/holds").status()).isEqualTo(200);
        assertThat(place.say("access_carol", "SALLYPORT REVOKE ACCESS TOKEN " + revoked.id()))
                .containsExactly("42704", "you have no personal access token of this id that still works");
        assertThat(place.say("access_bob", "SALLYPORT REVOKE ACCESS TOKEN " + revoked.id()))
                .containsExactly(revoked.id(), "revoked");
        AccessPlace.Token expired = place.token("access_bob", "SALLYPORT ACCESS TOKEN 'short' FOR '1s'");
        Awaitility.await()
                .until(() -> place.bearing(expired).get("/api/v1/holds").status() == 401);
        String guess = "sp_" + "A".repeat(32);
        for (String secret :
                List.of(revoked.secret(), expired.secret(), guess, "sp_", "sp_x~y", revoked.secret() + "A")) {
            Browser.Answer answer = place.bearing(secret).get("/api/v1/holds");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("message")).isEqualTo(NONE);
            assertThat(answer.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }
        assertThat(place.proxy().scrape())
                .contains("sallyport_logins_failed_total{reason=\"token\"}")
                .contains("sallyport_access_tokens_total{event=\"made\"} 2.0")
                .contains("sallyport_access_tokens_total{event=\"revoked\"} 1.0");
        Awaitility.await()
                .untilAsserted(() -> assertThat(place.proxy().audited().toString())
                        .contains("login_failed", "access_token_revoked")
                        .doesNotContain(guess));
    }

    @Test
    void a_flood_of_guesses_is_stopped() {
        AccessPlace.Token token = place.token("access_bob");
        for (int i = 0; i < 20; i++) {
            assertThat(place.bearing("sp_" + "B".repeat(32))
                            .get("/api/v1/holds")
                            .status())
                    .isEqualTo(401);
        }
        assertThat(place.bearing(token).get("/api/v1/holds").status()).isEqualTo(429);
    }

    @Test
    void groups_go_by_the_memberships_of_its_making_for_as_long_as_a_page_lasts() {
        AccessPlace.Token member = place.token("access_bob");
        AccessPlace.Token other = place.token("access_carol");
        try (HeldStatement held = place.held("alice", "UPDATE t SET i = 2")) {
            assertThat(place.approves(other, held).text("message")).contains("not among those who may approve");
            assertThat(place.approves(member, held).text("state")).isEqualTo("approved");
        }
        assertThat(place.say("access_bob", "SALLYPORT ACCESS TOKEN 'x' FOR '13h'"))
                .last()
                .asString()
                .contains("from 1s to 12h (page.longest, because auth.query_user is not set");
        try (WireClient bob = place.login("access_bob")) {
            bob.query("BEGIN");
            assertThat(AccessPlace.row(bob.query("SALLYPORT ACCESS TOKEN 'x'")).get(1))
                    .contains("outside of transactions only");
        }
    }

    @Test
    void a_token_makes_lists_and_revokes_none() {
        AccessPlace.Token token = place.token("access_bob");
        Browser program = place.bearing(token);
        for (Browser.Answer answer : List.of(
                program.post(TOKENS, "{\"label\":\"more\"}"),
                program.get(TOKENS),
                program.send("DELETE", TOKENS + "/" + token.id(), ""))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text("message")).contains("neither makes nor lists nor revokes any");
        }
        assertThat(program.get("/api/v1/session").text("role")).isEqualTo("access_bob");
    }

    @Test
    void a_role_of_several_people_gets_none() {
        assertThat(place.say("access_ops", "SALLYPORT ACCESS TOKEN 'x'"))
                .startsWith("42501")
                .last()
                .asString()
                .contains("used by several people");
    }

    @Test
    void the_page_makes_lists_and_revokes_them_with_its_own_token_only() {
        Browser page = page("by_scram");
        Browser.Answer made = page.post(TOKENS, "{\"label\":\"from the page\",\"life\":\"1h\"}");
        assertThat(made.status()).isEqualTo(200);
        place.secrets().add(made.text("token"));
        assertThat(place.bearing(made.text("token")).get("/api/v1/session").text("role"))
                .isEqualTo("by_scram");
        Browser.Answer listed = page.get(TOKENS);
        assertThat(listed.json().at("/tokens/0/label").asString()).isEqualTo("from the page");
        assertThat(listed.json().at("/tokens/0").has("token")).isFalse();
        String one = TOKENS + "/" + made.text("id");
        assertThat(page("by_md5").send("DELETE", one, "").status()).isEqualTo(404);
        assertThat(page.post(TOKENS, "{\"life\":\"1h\"}").status()).isEqualTo(422);
        assertThat(page.post(TOKENS, "{\"label\":\"x\",\"life\":\"soon\"}").text("message"))
                .contains("expected a duration");
        page.without("X-Sallyport-Csrf");
        assertThat(page.post(TOKENS, "{\"label\":\"x\"}").status()).isEqualTo(403);
        assertThat(page.send("DELETE", one, "").status()).isEqualTo(403);
        String basic = Base64.getEncoder()
                .encodeToString(("by_scram:" + TestServer.PASSWORD).getBytes(StandardCharsets.UTF_8));
        Browser program = Browser.at(place.proxy().adminPort()).with("Authorization", "Basic " + basic);
        Browser foreign = Browser.at(place.proxy().adminPort())
                .with("Authorization", "Basic " + basic)
                .with("Sec-Fetch-Site", "cross-site");
        assertThat(foreign.post(TOKENS, "{\"label\":\"x\"}").status()).isEqualTo(403);
        assertThat(program.send("DELETE", one, "").json().path("revoked").asBoolean(false))
                .isTrue();
        assertThat(program.send("DELETE", one, "").status()).isEqualTo(404);
        assertThat(place.bearing(made.text("token")).get("/api/v1/session").status())
                .isEqualTo(401);
    }

    @Test
    void a_secret_in_place_of_an_id_is_not_repeated() {
        String secret = place.token("access_bob").secret();
        assertThat(place.say("access_bob", "SALLYPORT REVOKE ACCESS TOKEN '" + secret + "'")
                        .toString())
                .contains("42704")
                .doesNotContain(secret.substring(3));
        assertThat(page("by_scram").send("DELETE", TOKENS + "/" + secret, "").text("message"))
                .doesNotContainIgnoringCase(secret.substring(3));
    }

    @Test
    void switched_off_there_are_none() {
        try (AccessPlace off = new AccessPlace(TestServer.shared(), Map.of("access_tokens.enabled", "false"))) {
            assertThat(off.say("access_bob", "SALLYPORT ACCESS TOKEN 'x'").toString())
                    .contains("access_tokens.enabled is false");
            Browser.Answer answer = off.bearing("sp_" + "A".repeat(32)).get("/api/v1/holds");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("message")).contains("access_tokens.enabled is false");
        }
    }
}
