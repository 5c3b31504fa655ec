package io.sallyport.proxy.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sallyport authenticates, then logs in to the server as the same role; against a real server. */
final class TerminatedLoginIT {
    private static final TestServer SERVER = TestServer.shared();
    private static final String WRONG = "password authentication failed for user";

    @TempDir
    static Path folder;

    private static TestProxy userlist;
    private static TestProxy query;

    @BeforeAll
    static void starts_both() throws IOException {
        SERVER.run("postgres", "CREATE ROLE gatekeeper LOGIN; GRANT SELECT ON pg_authid TO gatekeeper");
        SERVER.run(
                "postgres",
                "SET password_encryption = 'scram-sha-256'; CREATE ROLE expired LOGIN PASSWORD '" + TestServer.PASSWORD
                        + "' VALID UNTIL '2001-01-01'");
        String verifier = SERVER.ask("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'by_scram'");
        Path file = folder.resolve("users.txt");
        Files.writeString(file, """
                "by_scram" "%s"
                "by_md5" "%s"
                "by_cleartext" "%s"
                "by_nothing" "%s"
                "alice" "%s"
                "bob" "another"
                """.formatted(
                        verifier, TestServer.PASSWORD, TestServer.PASSWORD, TestServer.PASSWORD, TestServer.PASSWORD));
        userlist = TestProxy.start(
                SERVER.port(),
                "built-in",
                Map.of("auth.mode", "terminate", "auth.userlist", file.toString(), "auth.failure_delay", "10ms"));
        query = TestProxy.start(
                SERVER.port(),
                "built-in",
                Map.of("auth.mode", "terminate", "auth.query_user", "gatekeeper", "auth.failure_delay", "10ms"));
    }

    @AfterAll
    static void stops_both() {
        userlist.close();
        query.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"by_scram", "by_md5", "by_cleartext", "alice"})
    void the_right_password_logs_in_whatever_the_server_asks(String role) {
        for (int pieceBytes : new int[] {Integer.MAX_VALUE, 1}) {
            try (WireClient client = WireClient.connect(userlist.port()).inPiecesOf(pieceBytes)) {
                client.login(role, "postgres", TestServer.PASSWORD);
                assertThat(Rows.of(client.query("SELECT current_user"))).containsExactly(List.of(role));
            }
        }
    }

    @Test
    void the_query_finds_verifiers_and_the_proved_key_opens_the_server() {
        try (WireClient client = WireClient.connect(query.port())) {
            client.login("by_scram", "postgres", TestServer.PASSWORD);
            assertThat(Rows.of(client.query("SELECT current_user"))).containsExactly(List.of("by_scram"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"by_scram", "by_md5", "expired", "nobody_at_all", "by_nothing"})
    void a_role_that_cannot_log_in_fails_like_a_wrong_password(String role) {
        String password = role.equals("by_scram") ? "guess" : TestServer.PASSWORD;
        try (WireClient client = WireClient.connect(query.port())) {
            assertThatThrownBy(() -> client.login(role, "postgres", password))
                    .hasMessageContaining("28P01")
                    .hasMessageContaining(WRONG);
            assertThat(client.read().isEnd()).isTrue();
        }
    }

    @Test
    void a_wrong_password_is_counted_and_audited_and_shows_nowhere() {
        try (WireClient client = WireClient.connect(userlist.port())) {
            assertThatThrownBy(() -> client.login("alice", "postgres", "guess")).hasMessageContaining("28P01");
        }
        Awaitility.await().until(() -> userlist.audited().toString().contains("login_failed"));
        assertThat(userlist.scrape()).contains("sallyport_logins_failed_total{reason=\"wrong_password\"}");
        assertThat(userlist.audited().toString())
                .contains("\"user\":\"alice\"")
                .doesNotContain("guess")
                .doesNotContain(TestServer.PASSWORD);
    }

    @Test
    void the_servers_refusal_reaches_the_client_as_ours() {
        try (WireClient client = WireClient.connect(userlist.port())) {
            assertThatThrownBy(() -> client.login("by_nothing", "postgres", TestServer.PASSWORD))
                    .hasMessageContaining("28000")
                    .hasMessageContaining("Sallyport could not log in to the server as \"by_nothing\"");
        }
    }

    @Test
    void a_database_that_is_missing_is_refused_in_the_servers_words() {
        try (WireClient client = WireClient.connect(userlist.port())) {
            assertThatThrownBy(() -> client.login("by_scram", "nowhere", TestServer.PASSWORD))
                    .hasMessageContaining("3D000");
        }
    }

    @Test
    void nothing_reaches_the_server_before_the_proof() {
        try (WireClient client = WireClient.connect(userlist.port())) {
            client.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", "alice", "database", "postgres"));
            assertThat(client.read().type()).isEqualTo('R');
            client.send(Frontend.query("SELECT 1"));
            assertThat(client.read().field('C')).isEqualTo("08P01");
            assertThat(client.read().isEnd()).isTrue();
        }
    }

    @Test
    void a_query_that_fails_lets_nobody_in() {
        try (TestProxy broken = TestProxy.start(
                        SERVER.port(), "built-in", Map.of("auth.mode", "terminate", "auth.query_user", "alice"));
                WireClient client = WireClient.connect(broken.port())) {
            assertThatThrownBy(() -> client.login("by_scram", "postgres", TestServer.PASSWORD))
                    .hasMessageContaining("28000")
                    .hasMessageContaining("cannot look up");
            assertThat(broken.scrape()).contains("sallyport_logins_failed_total{reason=\"lookup\"}");
        }
    }
}
