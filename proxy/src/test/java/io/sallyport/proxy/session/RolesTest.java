package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.session.fakes.Server.AUTHENTICATION_OK;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.CLOSED;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.key;
import static io.sallyport.proxy.session.fakes.Server.parameter;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a rule asks for a role, the server is asked who is a member, and the client never notices. */
class RolesTest extends StagedTest {
    private static final String DELETE = "DELETE FROM users WHERE id = 1";

    private static byte[] answer(String... roles) {
        List<byte[]> messages = new ArrayList<>(List.of(PARSED, BOUND));
        for (String role : roles) {
            byte[] hex = HexFormat.of()
                    .formatHex(role.getBytes(StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.US_ASCII);
            Body row = new Body().int16(1).int32(hex.length);
            for (byte b : hex) {
                row.int8(b);
            }
            messages.add(row.message('D'));
        }
        messages.addAll(List.of(complete("SELECT " + roles.length), CLOSED, CLOSED, ready('I')));
        return Frontend.join(messages.toArray(byte[][]::new));
    }

    /** Connected, not let in yet. */
    private FakeSession connected(byte[]... early) {
        stage.policy = () -> Policies.BY_ROLE;
        FakeSession bob = new FakeSession(stage);
        bob.startUp("bob");
        bob.sends(early);
        bob.connect();
        bob.upstream.takeBytes();
        return bob;
    }

    private FakeSession loggedIn(String... roles) {
        FakeSession bob = connected();
        bob.server(AUTHENTICATION_OK, key(4712, 2), ready('I'));
        assertThat(bob.toServer()).hasSize(6).first().asString().contains("pg_auth_members");
        assertThat(bob.toClient()).containsExactly("R", "K");
        bob.server(answer(roles));
        assertThat(bob.toClient()).containsExactly("Z I");
        return bob;
    }

    private void assertDenied(FakeSession session) {
        session.query(DELETE);
        assertThat(session.toServer()).containsExactly("Q SALLYPORT REFUSED");
        session.server(error("42601"), ready('I'));
        assertThat(session.toClient())
                .containsExactly("E 42501 denied by Sallyport: rule \"auditors only look\"", "Z I");
    }

    private void assertRuns(FakeSession session) {
        session.query(DELETE);
        assertThat(session.toServer()).containsExactly("Q " + DELETE);
        session.server(complete("DELETE 1"), ready('I'));
        assertThat(session.toClient()).containsExactly("C DELETE 1", "Z I");
    }

    @Test
    void a_member_is_stopped_and_another_is_not() {
        FakeSession member = loggedIn("bob", "auditors");
        assertDenied(member);
        member.session.clientGone();
        FakeSession other = loggedIn("bob", "accountants");
        assertRuns(other);
        other.session.clientGone();
    }

    @Test
    void a_policy_that_does_not_ask_sends_nothing() {
        stage.policy = Policy::builtIn;
        assertRuns(alice);
    }

    @Test
    void what_the_server_says_by_itself_meanwhile_reaches_the_client_before_ready() {
        FakeSession bob = connected();
        bob.server(AUTHENTICATION_OK, key(4712, 2), ready('I'));
        byte[] answer = answer("bob");
        bob.server(PARSED, parameter("TimeZone", "UTC"));
        bob.server(java.util.Arrays.copyOfRange(answer, PARSED.length, answer.length));
        assertThat(bob.toClient()).containsExactly("R", "K", "S TimeZone=UTC", "Z I");
        bob.session.clientGone();
    }

    @Test
    void statements_sent_with_the_start_up_wait_for_the_answer() {
        FakeSession bob = connected(query(DELETE));
        bob.server(AUTHENTICATION_OK, ready('I'));
        assertThat(bob.toServer()).hasSize(6).noneMatch(line -> line.contains(DELETE));
        bob.server(answer("auditors"));
        assertThat(bob.toServer()).containsExactly("Q SALLYPORT REFUSED");
        bob.server(error("42601"), ready('I'));
        bob.session.clientGone();
    }

    @Test
    void a_server_that_cannot_tell_makes_the_statement_refused_and_is_asked_again() {
        FakeSession bob = connected();
        bob.server(AUTHENTICATION_OK, ready('I'));
        bob.toServer();
        bob.server(error("42501"), ready('I'));
        assertThat(bob.toClient()).containsExactly("R", "Z I");
        bob.query(DELETE);
        assertThat(bob.toServer()).hasSize(6).noneMatch(line -> line.contains("users"));
        bob.server(error("42501"), ready('I'));
        assertThat(bob.toServer()).containsExactly("Q SALLYPORT REFUSED");
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient())
                .containsExactly(
                        "E 42501 the policy asks for your role's memberships, which Sallyport does not know", "Z I");
        bob.query(DELETE).server(answer("bob"));
        assertThat(bob.toServer()).hasSize(7).endsWith("Q " + DELETE);
        bob.session.clientGone();
    }

    @Test
    void a_server_that_is_slow_to_tell_lets_the_client_in_and_the_statement_is_refused() {
        FakeSession bob = connected();
        bob.server(AUTHENTICATION_OK, ready('I'));
        stage.loop.advance(RoleDesk.PATIENCE);
        assertThat(bob.toClient()).containsExactly("R", "Z I");
        bob.toServer();
        bob.query(DELETE);
        assertThat(bob.toServer()).isEmpty();
        bob.server(answer("bob"));
        assertThat(bob.toClient()).isEmpty();
        assertThat(bob.toServer()).hasSize(6);
        bob.server(answer("bob"));
        assertThat(bob.toServer()).containsExactly("Q " + DELETE);
        bob.session.clientGone();
    }

    @Test
    void a_policy_that_comes_to_ask_has_the_server_asked_before_the_next_statement() {
        stage.policy = () -> Policies.BY_ROLE;
        alice.query(DELETE);
        assertThat(alice.toServer()).hasSize(6);
        alice.server(answer("auditors"));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).first().asString().contains("auditors only look");
    }

    @Test
    void inside_a_transaction_what_is_not_known_is_refused_and_only_rollback_passes() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        stage.policy = () -> Policies.BY_ROLE;
        alice.toServer();
        alice.query("SELECT 1");
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('E'));
        alice.query("ROLLBACK");
        assertThat(alice.toServer()).containsExactly("Q ROLLBACK");
        alice.server(complete("ROLLBACK"), ready('I'));
    }

    @Test
    void behind_answers_that_are_still_to_come_it_waits_for_its_place() {
        alice.query("SELECT pg_sleep(1)");
        alice.toServer();
        stage.policy = () -> Policies.BY_ROLE;
        alice.query(DELETE);
        assertThat(alice.toServer()).isEmpty();
        alice.server(complete("SELECT 1"), ready('I'));
        assertThat(alice.toServer()).hasSize(6);
        alice.server(answer("alice"));
        assertThat(alice.toServer()).containsExactly("Q " + DELETE);
    }

    @Test
    void what_was_learnt_is_learnt_anew_after_a_while_outside_of_transactions() {
        FakeSession bob = loggedIn("bob");
        assertRuns(bob);
        stage.loop.advance(Duration.ofSeconds(61));
        bob.query(DELETE);
        assertThat(bob.toServer()).hasSize(6);
        bob.server(answer("bob", "auditors"));
        assertThat(bob.toServer()).containsExactly("Q SALLYPORT REFUSED");
        bob.server(error("42601"), ready('I'));
        bob.toClient();
        assertDenied(bob);
        bob.session.clientGone();
    }

    @Test
    void a_cancel_while_the_server_is_asked_ends_the_statement() {
        stage.policy = () -> Policies.BY_ROLE;
        alice.query(DELETE);
        alice.toServer();
        alice.session.cancel(() -> {}, () -> {});
        stage.loop.runTasks();
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(answer("alice"), error("42601"), ready('I'));
        assertThat(alice.toClient()).containsExactly("E 57014 canceling statement due to user request", "Z I");
    }
}
