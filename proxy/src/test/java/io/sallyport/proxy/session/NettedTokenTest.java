package io.sallyport.proxy.session;

import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.CLOSED;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.safety.NetFailure;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import io.sallyport.proxy.session.fakes.Stage;
import io.sallyport.proxy.token.TokenSecret;
import io.sallyport.proxy.token.TokenVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token's use is an approval too. */
class NettedTokenTest {
    private static final String DROP = "DROP TABLE users";
    private final Stage stage = new Stage(new SafetySettings(
            "service", null, "postgres", SafetySettings.Source.NONE, "", "", "", null, Duration.ofSeconds(10)));
    private final List<String> points = new ArrayList<>();
    private final FakeSession alice = FakeSession.of(stage, "alice");

    @BeforeEach
    void presents_a_token_for_what_is_denied_without_one() {
        stage.policy = () -> Policies.of("""
                version: 1
                rules:
                  - {name: drops, when: {kind: drop_table}, then: {deny: {token: allowed, safety: [restore_point]}}}
                """);
        stage.restorePoints = name -> {
            points.add(name);
            return "0/3000060";
        };
        stage.tokenStore.verdict = new TokenVerdict.Taken("K7Q4-F2MD", "bob", Instant.MAX, 1, null);
        alice.query("SET sallyport.token = '" + TokenSecret.random().reveal() + "'");
        alice.toServer();
        alice.server(complete("SET"), ready('I'));
        alice.client.take();
    }

    @AfterEach
    void everything_is_given_back() {
        stage.runWork();
        stage.runWork();
        alice.session.clientGone();
        stage.loop.runTasks();
        stage.runWork();
        stage.close();
        assertThat(stage.loop.timers()).isZero();
        assertThat(stage.leaked()).isZero();
    }

    private static byte[] surroundings() {
        Body row = new Body().int16(4);
        for (String value : List.of("alice", "public", "own", "transform_null_equals=off")) {
            String text =
                    value.equals("own") ? value : HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
            row.int32(text.length()).raw(text.getBytes(StandardCharsets.US_ASCII));
        }
        return Frontend.join(PARSED, BOUND, row.message('D'), complete("SELECT 1"), CLOSED, CLOSED, ready('I'));
    }

    /** Up to where the token is used up, and its nets are to be made. */
    private void used() {
        alice.query(DROP);
        alice.toServer();
        alice.server(surroundings());
        stage.runWork();
        assertThat(alice.toServer()).isEmpty();
        assertThat(points).isEmpty();
    }

    @Test
    void restore_point_of_a_name_of_its_own_is_made_before_it_runs() {
        used();
        stage.runWork();
        assertThat(points).hasSize(1).first().asString().matches("sallyport_k7q4f2md_[0-9a-z]{4}");
        assertThat(alice.toServer()).containsExactly("Q " + DROP);
        assertThat(alice.client.take().get(0)).isEqualTo("N restore point " + points.get(0) + " at 0/3000060");
        alice.server(complete("DROP TABLE"), ready('I'));
    }

    @Test
    void net_that_is_missing_gives_the_token_back() {
        stage.restorePoints = name -> {
            throw new NetFailure(NetFailure.Kind.FAILED, "no restore point could be made: in recovery", "Look.");
        };
        used();
        stage.runWork();
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient().get(0)).startsWith("E XX000 denied by Sallyport: no restore point could be made");
        stage.runWork();
        assertThat(stage.tokenStore.givenBack).hasSize(1);
    }

    @Test
    void cancel_meanwhile_gives_the_token_back_and_runs_nothing() {
        used();
        alice.session.cancel(() -> {}, () -> {});
        stage.loop.runTasks();
        alice.toServer();
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient().get(0)).startsWith("E 57014");
        stage.runWork();
        stage.runWork();
        assertThat(alice.toServer()).isEmpty();
        assertThat(stage.tokenStore.givenBack).hasSize(1);
    }
}
