package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.ControlServer;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Personal access tokens where Sallyport authenticates, and asks the server of the roles behind them; kept in PostgreSQL. */
@Timeout(120)
final class AccessTokenRolesIT {
    private static final TestServer SERVER = TestServer.shared();

    @TempDir
    static Path folder;

    private static ControlServer control;
    private static AccessPlace place;

    @BeforeAll
    static void starts() {
        control = new ControlServer(folder);
        place = new AccessPlace(
                SERVER, control.settings(Map.of("auth.mode", "terminate", "auth.query_user", "access_asker")));
    }

    @AfterAll
    static void stops() {
        place.close();
        control.close();
    }

    private static int status(AccessPlace.Token token) {
        return place.bearing(token).get("/api/v1/session").status();
    }

    private static AccessPlace.Token tokenOfNew(String role, String also) {
        SERVER.run("postgres", "DROP ROLE IF EXISTS " + role);
        SERVER.run(
                "postgres",
                "SET password_encryption = 'scram-sha-256'; CREATE ROLE " + role + " LOGIN PASSWORD '"
                        + TestServer.PASSWORD + "' " + also);
        return place.token(role, "SALLYPORT ACCESS TOKEN 'ci' FOR '30d'");
    }

    private static void stopsWorking(AccessPlace.Token token) {
        // The server is asked at every use, but for ten seconds.
        Awaitility.await()
                .atMost(Duration.ofSeconds(45))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(
                                place.bearing(token).get("/api/v1/session").text("message"))
                        .isEqualTo("the token is none, or does not work any more"));
    }

    @Test
    void what_the_server_says_of_the_role_counts_within_seconds() {
        Map<String, AccessPlace.Token> gone = new LinkedHashMap<>();
        gone.put("ALTER ROLE access_leaver NOLOGIN", tokenOfNew("access_leaver", ""));
        gone.put("ALTER ROLE access_guest VALID UNTIL '2001-01-01'", tokenOfNew("access_guest", ""));
        gone.put("DROP ROLE access_dropped", tokenOfNew("access_dropped", ""));
        gone.put("DROP ROLE access_again; CREATE ROLE access_again LOGIN", tokenOfNew("access_again", ""));
        AccessPlace.Token member = tokenOfNew("access_member", "IN ROLE access_dbas");
        try (HeldStatement held = place.held("access_alice", "UPDATE t SET i = 2")) {
            assertThat(place.bearing(member)
                            .post(AccessPlace.path(held, "approve"), "{}")
                            .text("state"))
                    .isEqualTo("approved");
        }
        gone.values().forEach(token -> assertThat(status(token)).isEqualTo(200));
        gone.keySet().forEach(change -> SERVER.run("postgres", change));
        SERVER.run("postgres", "REVOKE access_dbas FROM access_member");
        gone.values().forEach(AccessTokenRolesIT::stopsWorking);
        // Four by now are no member any more, or nobody: the last one is somebody, and no member.
        Awaitility.await().atMost(Duration.ofSeconds(45)).untilAsserted(() -> {
            try (HeldStatement held = place.held("access_alice", "UPDATE t SET i = 3")) {
                Browser.Answer vote = place.bearing(member).post(AccessPlace.path(held, "approve"), "{}");
                assertThat(vote.status()).isEqualTo(403);
                assertThat(vote.text("message")).contains("not among those who may approve");
            }
        });
        SERVER.run("postgres", "DROP ROLE access_leaver, access_guest, access_again, access_member");
    }

    @Test
    void it_lasts_as_long_as_the_setting_lets_it() {
        assertThat(place.say("access_bob", "SALLYPORT ACCESS TOKEN 'x' FOR '31d'"))
                .last()
                .asString()
                .contains("from 1s to 30d (access_tokens.longest)");
        AccessPlace.Token token = place.token("access_bob");
        try (HeldStatement held = place.held("access_alice", "DELETE FROM t")) {
            assertThat(place.approves(token, held).text("state")).isEqualTo("approved");
            assertThat(held.answer())
                    .extracting(ServerMessage::type)
                    .contains('C')
                    .doesNotContain('E');
        }
    }

    @Test
    void a_server_that_cannot_be_asked_is_no_yes() {
        AccessPlace.Token token = place.token("access_bob");
        Map<String, String> settings = control.settings(Map.of("auth.query_user", "access_nobody_at_all"));
        try (AccessPlace blind = new AccessPlace(SERVER, settings)) {
            Browser.Answer answer = blind.bearing(token).get("/api/v1/holds");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text("message")).contains("could not be asked").doesNotContain("access_nobody");
            assertThat(blind.say("access_bob", "SALLYPORT ACCESS TOKEN 'x'"))
                    .containsExactly("58000", "the server could not be asked about the role; the log says why");
        }
        try (AccessPlace unasked = new AccessPlace(SERVER, control.settings(Map.of()))) {
            Browser.Answer answer = unasked.bearing(token).get("/api/v1/holds");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text("message")).contains("auth.query_user is not set");
        }
    }

    @Test
    void a_control_database_that_is_away_lets_nobody_in_and_loses_no_token() {
        AccessPlace.Token token = place.token("access_bob");
        control.stop();
        try {
            Browser.Answer answer = place.bearing(token).get("/api/v1/holds");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text("message")).isEqualTo("the control database cannot be asked; the log says why");
            assertThat(place.say("access_bob", "SALLYPORT ACCESS TOKEN 'x'").get(0))
                    .isEqualTo("58000");
            assertThat(place.proxy().scrape()).contains("sallyport_logins_failed_total{reason=\"control\"}");
        } finally {
            control.startAgain();
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> status(token) == 200);
    }

    @Test
    void another_replica_knows_it_and_its_revocation_at_once() {
        AccessPlace.Token token = place.token("access_bob");
        try (AccessPlace replica =
                new AccessPlace(SERVER, control.settings(Map.of("auth.query_user", "access_asker")))) {
            assertThat(replica.bearing(token).get("/api/v1/session").text("role"))
                    .isEqualTo("access_bob");
            assertThat(replica.say("access_bob", "SALLYPORT REVOKE ACCESS TOKEN " + token.id()))
                    .containsExactly(token.id(), "revoked");
            assertThat(status(token)).isEqualTo(401);
        }
        List<String> stored = List.of(control.ask("SELECT string_agg(t::text, ' ') FROM sallyport.access_token AS t"));
        assertThat(stored.get(0))
                .contains(token.id())
                .doesNotContain(token.secret().substring(3));
    }
}
