package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.terminate;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.CLOSED;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.parameter;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.token.TokenSecret;
import io.sallyport.proxy.token.TokenVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token runs a held statement only where nothing at all is in doubt; what did not go gives it back. */
class TokenFaultsTest extends StagedTest {
    private static final String DELETE = "DELETE FROM users WHERE id = 1";
    private static final TokenVerdict TAKEN = new TokenVerdict.Taken("K7Q4-F2MD", "bob", Instant.MAX, 0, null);
    private final String token = TokenSecret.random().reveal();

    @BeforeEach
    void presents_a_token() {
        alice.query("SET sallyport.token = '" + token + "'");
        assertThat(alice.toServer()).containsExactly("Q SET sallyport.token = '" + "x".repeat(token.length()) + "'");
        alice.server(complete("SET"), ready('I'));
        alice.toClient();
        stage.tokenStore.verdict = TAKEN;
    }

    private static byte[] surroundings(String user, String path) {
        Body row = new Body().int16(4);
        for (String value : List.of(hex(user), hex(path), "own", hex("transform_null_equals=off"))) {
            row.int32(value.length()).raw(value.getBytes(StandardCharsets.US_ASCII));
        }
        return Frontend.join(PARSED, BOUND, row.message('D'), complete("SELECT 1"), CLOSED, CLOSED, ready('I'));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Up to where the control database is to be asked. */
    private void asked() {
        alice.query(DELETE);
        assertThat(alice.toServer()).hasSize(6).first().asString().contains("search_path");
        alice.server(surroundings("alice", "public"));
        assertThat(alice.toClient()).isEmpty();
        assertThat(alice.toServer()).isEmpty();
    }

    private void assertRefused(String start) {
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient().get(0)).startsWith(start);
    }

    @Test
    void statement_goes_once_it_is_used_up_and_the_same_again_is_held() {
        asked();
        stage.runWork();
        assertThat(alice.toServer()).containsExactly("Q " + DELETE);
        assertThat(stage.tokenStore.uses).hasSize(1);
        assertThat(stage.tokenStore.uses.get(0).surroundings().searchPath()).isEqualTo("public");
        alice.server(complete("DELETE 1"), ready('I'));
        assertThat(alice.toClient()).containsExactly("C DELETE 1", "Z I");
        alice.query(DELETE);
        assertThat(stage.waiting().request().texts()).isEqualTo(DELETE);
    }

    @Test
    void control_database_that_is_away_is_a_refusal() {
        stage.tokenStore.away = true;
        asked();
        stage.runWork();
        assertRefused(
                "E 42501 denied by Sallyport: rule \"deletes held\", and the approval token cannot be checked now");
    }

    @Test
    void workers_that_have_too_much_to_do_are_a_refusal() {
        stage.controlFull = true;
        alice.query(DELETE);
        alice.toServer();
        alice.server(surroundings("alice", "public"));
        stage.loop.runTasks();
        assertRefused("E 42501 denied by Sallyport");
        assertThat(stage.tokenStore.uses).isEmpty();
    }

    @Test
    void cancel_while_it_is_looked_up_gives_it_back() {
        asked();
        alice.session.cancel(() -> {}, () -> {});
        stage.loop.runTasks();
        assertRefused("E 57014");
        stage.runWork();
        stage.runWork();
        assertThat(alice.toServer()).isEmpty();
        assertThat(stage.tokenStore.givenBack)
                .containsExactly(stage.tokenStore.uses.get(0).id());
    }

    @Test
    void nothing_runs_for_a_client_that_is_gone() {
        asked();
        alice.session.clientGone();
        stage.runWork();
        stage.runWork();
        assertThat(alice.toServer()).isEmpty();
        assertThat(stage.tokenStore.givenBack).hasSize(1);
    }

    @Test
    void nothing_runs_for_a_client_that_has_said_goodbye() {
        asked();
        alice.sends(terminate());
        stage.runWork();
        stage.runWork();
        assertThat(alice.toServer()).noneMatch(message -> message.contains("DELETE"));
        assertThat(stage.tokenStore.givenBack).hasSize(1);
    }

    @Test
    void setting_that_changes_meanwhile_gives_it_back() {
        asked();
        alice.server(parameter("DateStyle", "German"));
        assertThat(alice.toClient()).containsExactly("S DateStyle=German");
        stage.runWork();
        stage.runWork();
        assertRefused("E 42501");
        assertThat(stage.tokenStore.givenBack).hasSize(1);
    }

    @Test
    void server_that_does_not_tell_what_names_mean_is_a_refusal() {
        alice.query(DELETE);
        alice.toServer();
        alice.server(error("57014"), ready('I'));
        assertRefused("E 42501");
        assertThat(stage.tokenStore.uses).isEmpty();
    }

    @Test
    void audit_that_cannot_be_written_gives_it_back() {
        asked();
        stage.audit.close();
        stage.runWork();
        stage.runWork();
        assertRefused("E XX000 this statement has to be recorded");
        assertThat(stage.tokenStore.givenBack).hasSize(1);
    }

    @Test
    void unknown_token_is_answered_late_and_what_comes_behind_it_waits() {
        stage.tokenStore.verdict = new TokenVerdict.Refused(TokenVerdict.Reason.UNKNOWN, "");
        asked();
        alice.sends(query("SELECT 1"));
        stage.runWork();
        assertThat(alice.toServer()).isEmpty();
        stage.loop.advance(java.time.Duration.ofSeconds(1));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED", "Q SELECT 1");
    }
}
