package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.CLOSED;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.parameter;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What requesters and voters see where a rule names approvers. */
class VotingTest extends StagedTest {
    private static final Policy TWO_OF_DBA = Policies.of("""
            version: 1
            approvers: {dba: {role: dba_team}, leads: {users: [carol]}}
            rules:
              - name: deletes held
                when: {kind: delete}
                then: {hold: {approvers: [dba, leads], quorum: 2}}
              - name: updates held
                when: {kind: update}
                then: {hold: {reason: required}}
              - {name: drops, when: {kind: drop_schema}, then: hold}
            """);
    private static final byte[] DELETE = query("DELETE FROM users");
    private final FakeSession bob = FakeSession.of(stage, "bob");

    @BeforeEach
    void rules() {
        stage.policy = () -> TWO_OF_DBA;
    }

    private static byte[] member(String role) {
        byte[] hex =
                HexFormat.of().formatHex(role.getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII);
        Body row = new Body().int16(1).int32(hex.length);
        for (byte b : hex) {
            row.int8(b);
        }
        return Frontend.join(PARSED, BOUND, row.message('D'), complete("SELECT 1"), CLOSED, CLOSED, ready('I'));
    }

    /** What has no condition is read in full, by a worker, before it is judged. */
    private void asks(byte[] statement) {
        alice.sends(statement);
        stage.runWork();
    }

    private void approve(FakeSession voter, String role) {
        voter.query("SALLYPORT APPROVE " + stage.waiting().code());
        assertThat(voter.toServer()).hasSize(6).first().asString().contains("pg_auth_members");
        voter.server(member(role));
        stage.runWork();
    }

    @Test
    void the_server_is_asked_for_every_vote_and_only_its_word_counts() {
        asks(DELETE);
        approve(bob, "others");
        assertThat(bob.toServer()).containsExactly("Q SALLYPORT REFUSED");
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient().get(0)).startsWith("E 42501 bob is not among those who may approve");
        alice.client.take();
        approve(bob, "dba_team");
        assertThat(bob.toServer()).hasSize(1);
        assertThat(alice.client.take())
                .containsExactly("N " + stage.waiting().code()
                        + " approved by bob, 1 of 2; it still waits for 1 more of dba or leads");
        assertThat(stage.waiting().votes()).hasSize(1);
        bob.session.clientGone();
    }

    @Test
    void without_an_answer_of_the_server_the_vote_is_refused() {
        asks(DELETE);
        bob.query("SALLYPORT APPROVE " + stage.waiting().code());
        bob.toServer();
        stage.loop.advance(RoleDesk.PATIENCE);
        stage.runWork();
        assertThat(stage.waiting().votes()).isEmpty();
        bob.session.clientGone();
    }

    @Test
    void a_user_named_in_a_group_votes_without_the_question() {
        asks(DELETE);
        FakeSession carol = FakeSession.of(stage, "carol");
        carol.query("SALLYPORT APPROVE " + stage.waiting().code());
        stage.runWork();
        assertThat(stage.waiting().votes()).hasSize(1);
        carol.session.clientGone();
        bob.session.clientGone();
    }

    @Test
    void a_reason_is_asked_for_kept_for_one_hold_and_shown() {
        asks(query("UPDATE users SET x = 1"));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient().get(0)).startsWith("E 42501").contains("asks for your reason");
        alice.query("SALLYPORT REASON 'ticket 7'");
        alice.toServer();
        alice.server(complete("SELECT 0"), ready('I'));
        alice.toClient();
        asks(query("UPDATE users SET x = 1"));
        assertThat(stage.waiting().request().reason()).isEqualTo("ticket 7");
        stage.resolve(new Resolution.Approved("bob"));
        alice.toServer();
        alice.server(complete("UPDATE 1"), ready('I'));
        alice.toClient();
        asks(query("UPDATE users SET x = 2"));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        bob.session.clientGone();
    }

    @Test
    void dropping_a_schema_needs_its_name_typed_by_the_approver() {
        asks(query("DROP SCHEMA billing CASCADE"));
        assertThat(stage.waiting().request().terms().names()).containsExactly("billing");
        bob.query("SALLYPORT APPROVE " + stage.waiting().code());
        stage.runWork();
        assertThat(bob.toServer()).containsExactly("Q SALLYPORT REFUSED");
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient().get(0)).startsWith("E 22023").contains("TYPED '<name of the schema>'");
        bob.query("SALLYPORT APPROVE " + stage.waiting().code() + " TYPED 'billing'");
        stage.runWork();
        assertThat(stage.ended).containsExactly(new Resolution.Approved("bob"));
        assertThat(alice.toServer()).contains("Q DROP SCHEMA billing CASCADE");
        bob.session.clientGone();
    }

    @Test
    void a_batch_that_two_rules_hold_asks_for_what_each_of_them_asks() {
        asks(query("DROP SCHEMA billing; DELETE FROM users"));
        assertThat(stage.waiting().request().terms().names()).containsExactly("billing");
        assertThat(stage.waiting().missing()).containsExactly("2 more of dba or leads");
        bob.session.clientGone();
    }

    @Test
    void a_cancel_while_the_server_is_asked_withdraws_the_vote() {
        asks(DELETE);
        bob.query("SALLYPORT APPROVE " + stage.waiting().code());
        bob.toServer();
        bob.session.cancel(() -> {}, () -> {});
        stage.loop.runTasks();
        bob.server(member("dba_team"));
        assertThat(stage.waiting().votes()).isEmpty();
        assertThat(bob.toServer()).containsExactly("Q SALLYPORT REFUSED");
        bob.session.clientGone();
    }

    @Test
    void a_setting_that_changes_meanwhile_voids_what_was_approved() {
        asks(query("UPDATE users SET x = 1"));
        alice.toServer();
        alice.server(error("42601"), ready('I'));
        stage.policy = () -> Policies.TESTED;
        asks(DELETE);
        alice.client.take();
        alice.server(parameter("DateStyle", "SQL, DMY"));
        alice.client.take();
        stage.resolve(new Resolution.Approved("bob"));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient().get(0)).startsWith("E 57014").contains("the setting DateStyle changed meanwhile");
        bob.session.clientGone();
    }
}
