package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.join;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.session.fakes.Certificates;
import io.sallyport.proxy.session.fakes.FakeSession;
import org.junit.jupiter.api.Test;

class QueueTest extends StagedTest {
    private static final byte[] DELETE = query("DELETE FROM users WHERE id < 10");

    @Test
    void what_comes_behind_a_hold_waits_and_then_goes_in_order() {
        byte[] behind = join(query("SELECT 1"), parse("", "SELECT 2"), sync());
        alice.sends(DELETE, behind);
        assertThat(alice.upstream.takeBytes()).isEmpty();
        stage.resolve(new Resolution.Approved("bob"));
        assertThat(alice.upstream.takeBytes()).isEqualTo(join(DELETE, behind));
    }

    @Test
    void what_comes_behind_goes_after_a_rejection_too() {
        alice.sends(DELETE, query("SELECT 1"));
        stage.resolve(new Resolution.Rejected("bob", "no"));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED", "Q SELECT 1");
        alice.server(error("42601"), ready('I'), complete("SELECT 1"), ready('I'));
        assertThat(alice.toClient()).hasSize(4).endsWith("Z I", "C SELECT 1", "Z I");
    }

    @Test
    void holds_of_one_session_come_one_after_the_other() {
        alice.sends(DELETE, DELETE);
        Hold first = stage.waiting();
        stage.resolve(new Resolution.Approved("bob"));
        assertThat(stage.waiting()).isNotSameAs(first);
        assertThat(alice.upstream.takeBytes()).isEqualTo(DELETE);
        stage.resolve(new Resolution.Approved("bob"));
        assertThat(alice.upstream.takeBytes()).isEqualTo(DELETE);
    }

    /** Unread, the client's end would not be noticed: a hold does not outlive who asked. */
    @Test
    void more_than_the_limit_behind_a_hold_withdraws_it_and_ends_the_session() {
        alice.sends(DELETE);
        Hold hold = stage.waiting();
        byte[] large = query("SELECT '" + "x".repeat(20_000) + "'");
        alice.sends(large, large, large);
        assertThat(hold.resolution()).isNull();
        alice.toClient();
        alice.sends(large);
        assertThat(hold.resolution()).isInstanceOf(Resolution.Withdrawn.class);
        assertThat(alice.toClient().get(0)).startsWith("E 54000");
        assertThat(alice.upstream.takeBytes()).isEmpty();
    }

    /** Five bytes on the wire cost a hundred times as much in memory. */
    @Test
    void a_flood_of_tiny_messages_counts_for_what_it_costs() {
        alice.sends(DELETE);
        Hold hold = stage.waiting();
        int sent = 0;
        while (hold.resolution() == null) {
            alice.sends(sync());
            sent++;
        }
        assertThat(sent * sync().length).isLessThan(1 << 10);
    }

    @Test
    void one_session_waits_and_another_goes_on() {
        FakeSession bob = FakeSession.of(stage, "bob");
        alice.sends(DELETE);
        bob.query("SELECT 1");
        assertThat(bob.toServer()).containsExactly("Q SELECT 1");
        bob.session.clientGone();
    }

    /** What the client sends early must not overtake its own password, nor wait for ever. */
    @Test
    void what_comes_before_the_server_is_ready_goes_when_it_is() {
        FakeSession eager = new FakeSession(stage);
        eager.startUp("eve");
        eager.sends(query("SELECT 1"));
        eager.connect();
        eager.upstream.takeBytes();
        eager.sends(DELETE, query("SELECT 2"));
        assertThat(eager.upstream.takeBytes()).isEmpty();
        eager.server(io.sallyport.proxy.session.fakes.Server.AUTHENTICATION_OK, ready('I'));
        assertThat(eager.toServer()).containsExactly("Q SELECT 1");
        assertThat(stage.waiting().request().requester()).isEqualTo("eve");
        eager.session.clientGone();
    }

    @Test
    void passwords_go_at_once_before_authentication_and_never_after() {
        FakeSession other = new FakeSession(stage);
        other.client.security(Certificates.tls(Certificates.ALICE));
        other.upstream.security(Certificates.verified(Certificates.ALICE));
        other.startUp("eve");
        other.connect();
        other.upstream.takeBytes();
        other.server(io.sallyport.proxy.session.fakes.Server.ASKS_PASSWORD);
        other.sends(io.sallyport.proxy.it.wire.Frontend.password("secret"));
        assertThat(other.toServer()).containsExactly("p secret");
        other.server(io.sallyport.proxy.session.fakes.Server.AUTHENTICATION_OK, ready('I'));
        other.sends(io.sallyport.proxy.it.wire.Frontend.password("late"));
        assertThat(other.toServer()).isEmpty();
        assertThat(other.toClient()).last().asString().startsWith("E 08P01 invalid frontend message type 112");
        assertThat(other.client.closed()).isTrue();
    }
}
