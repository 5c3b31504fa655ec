package io.sallyport.proxy.it.token;

import static io.sallyport.proxy.it.token.TokenStage.error;
import static io.sallyport.proxy.it.token.TokenStage.outcome;
import static io.sallyport.proxy.it.token.TokenStage.request;
import static io.sallyport.proxy.it.token.TokenStage.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.ControlServer;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.wire.BackendKey;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens over a control database in PostgreSQL: two proxies, races, and the database away. */
@Timeout(240)
final class TokenReplicasIT {
    private static final int ROUNDS = 50;

    private static @Nullable ControlServer control;

    @BeforeAll
    static void startControl(@TempDir Path folder) {
        control = new ControlServer(folder);
    }

    @AfterAll
    static void stopControl() {
        Objects.requireNonNull(control).close();
    }

    private static ControlServer control() {
        return Objects.requireNonNull(control);
    }

    private static TokenStage stage() {
        return new TokenStage(control().settings(Map.of()));
    }

    @Test
    void of_two_proxies_that_race_with_one_token_exactly_one_runs_it() {
        try (TokenStage stage = stage();
                TestProxy other = TokenStage.start(control().settings(Map.of()));
                WireClient alice = stage.login("alice");
                WireClient twin = other.login("alice", stage.database);
                WireClient bob = other.login("bob", stage.database)) {
            for (int i = 0; i < ROUNDS; i++) {
                String sql = "DELETE FROM t WHERE i = " + (1_000 + i);
                String token = stage.grant(bob, request(alice, sql));
                stage.present(alice, token);
                stage.present(twin, token);
                alice.send(Frontend.query(sql));
                twin.send(Frontend.query(sql));
                List<String> outcomes = Stream.of(alice, twin)
                        .map(client -> outcome(client.readUntilReady()))
                        .toList();
                assertThat(outcomes).as("round " + i).contains("DELETE 0");
                assertThat(outcomes).as("round " + i).anyMatch(text -> text.contains("it is used up"));
                alice.query("RESET sallyport.token");
                twin.query("RESET sallyport.token");
            }
            assertThat(other.audited().stream()
                                    .filter(line -> line.contains("token_used"))
                                    .count()
                            + stage.proxy.audited().stream()
                                    .filter(line -> line.contains("token_used"))
                                    .count())
                    .isEqualTo(ROUNDS);
        }
    }

    @Test
    void cancel_while_the_token_is_looked_up_gives_it_back() throws Exception {
        try (TokenStage stage = stage();
                WireClient alice = stage.login("alice")) {
            String sql = "DELETE FROM t WHERE i = 1";
            String token = stage.tokenFor(sql);
            stage.present(alice, token);
            try (WireClient blocker = WireClient.login(control().port(), "postgres", "postgres")) {
                blocker.query("BEGIN; LOCK TABLE sallyport.token IN ACCESS EXCLUSIVE MODE");
                alice.send(Frontend.query(sql));
                Thread.sleep(500);
                BackendKey key = alice.key();
                try (WireClient cancels = WireClient.connect(stage.proxy.port())) {
                    cancels.send(Frontend.cancelRequest(key));
                    cancels.readUntil(ServerMessage.END);
                }
                assertThat(outcome(alice.readUntilReady())).startsWith("57014");
                blocker.query("COMMIT");
            }
            org.awaitility.Awaitility.await()
                    .until(() -> String.join("\n", stage.proxy.audited()).contains("token_given_back"));
            Thread.sleep(300);
            assertThat(say(alice, sql)).isEqualTo("DELETE 1");
        }
    }

    @Test
    void nothing_runs_while_the_control_database_is_away() {
        try (TokenStage stage = stage();
                WireClient alice = stage.login("alice");
                WireClient bob = stage.login("bob")) {
            String sql = "DELETE FROM t WHERE i = 1";
            String token = stage.tokenFor(sql);
            String open = request(alice, "DELETE FROM t WHERE i = 2");
            control().stop();
            try {
                assertThat(stage.present(alice, token)).isEqualTo("SET");
                ServerMessage refused = error(alice.query(sql));
                assertThat(refused.sqlState()).isEqualTo("42501");
                assertThat(refused.field('M')).contains("cannot be checked now");
                assertThat(refused.field('D')).isEqualTo("The control database cannot be used.");
                alice.query("RESET sallyport.token");
                assertThat(error(alice.query("DELETE FROM t WHERE i = 3")).field('H'))
                        .contains("no request for one was kept: the control database cannot be used");
                assertThat(say(bob, "SALLYPORT GRANT " + open)).startsWith("58000");
                assertThat(say(alice, "SELECT 1")).isEqualTo("SELECT 1");
            } finally {
                control().startAgain();
            }
            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(20))
                    .until(() -> !Rows.of(bob.query("SALLYPORT REQUESTS")).isEmpty());
            stage.present(alice, token);
            assertThat(say(alice, sql)).isEqualTo("DELETE 1");
        }
    }

    @Test
    void votes_of_a_quorum_come_through_two_proxies() {
        try (TokenStage stage = stage();
                TestProxy other = TokenStage.start(control().settings(Map.of()));
                WireClient alice = stage.login("alice");
                WireClient carol = stage.login("carol");
                WireClient dave = other.login("dave", stage.database)) {
            String code = request(alice, "DROP TABLE other.t");
            assertThat(say(carol, "SALLYPORT GRANT " + code)).isEqualTo("SELECT 1");
            String token = stage.grant(dave, code);
            assertThat(say(alice, "/*sallyport.token=" + token + "*/ DROP TABLE other.t"))
                    .startsWith("42501 must be owner");
        }
    }
}
