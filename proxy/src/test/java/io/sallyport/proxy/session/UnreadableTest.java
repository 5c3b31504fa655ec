package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.password;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.Resolution;
import org.junit.jupiter.api.Test;

/** A message that is no message: what came before it is answered, as by a server, and nothing waits for a person because of it. */
class UnreadableTest extends StagedTest {
    private static final byte[] UNREADABLE = {'y', 0, 0, 0, 4};
    private static final byte[] DELETE = query("DELETE FROM users WHERE id < 10");
    private static final String LAST = "E 08P01 invalid frontend message type 121";

    @Test
    void what_came_before_is_answered_first() {
        alice.sends(query("SELECT 1"), UNREADABLE);
        assertThat(alice.toServer()).containsExactly("Q SELECT 1");
        assertThat(alice.toClient()).isEmpty();
        alice.server(complete("SELECT 1"), ready('I'));
        assertThat(alice.toClient()).containsExactly("C SELECT 1", "Z I", LAST);
        assertThat(alice.client.closed()).isTrue();
    }

    @Test
    void it_alone_ends_the_session_at_once() {
        alice.sends(UNREADABLE);
        assertThat(alice.toClient()).containsExactly(LAST);
        assertThat(alice.client.closed()).isTrue();
    }

    @Test
    void for_messages_without_their_sync_the_answers_are_asked_for_once() {
        alice.sends(parse("", "SELECT 1"), bind("", ""), execute("", 0), UNREADABLE);
        assertThat(alice.toServer()).hasSize(4).last().asString().startsWith("H");
        alice.server(PARSED, BOUND);
        assertThat(alice.toServer()).isEmpty();
        assertThat(alice.client.closed()).isFalse();
        alice.server(complete("SELECT 1"));
        assertThat(alice.toClient()).hasSize(4).last().isEqualTo(LAST);
        assertThat(alice.client.closed()).isTrue();
    }

    @Test
    void an_error_without_its_sync_is_answer_enough() {
        alice.sends(parse("", "SELECT nothing"), UNREADABLE);
        alice.server(error("42703"));
        assertThat(alice.toClient()).hasSize(2).last().isEqualTo(LAST);
    }

    @Test
    void a_held_statement_is_withdrawn_and_never_runs() {
        alice.sends(DELETE, UNREADABLE);
        assertThat(alice.upstream.takeBytes()).isEmpty();
        assertThat(alice.toClient()).containsExactly(LAST);
        assertThat(alice.client.closed()).isTrue();
        assertThat(stage.ended).singleElement().isInstanceOf(Resolution.Withdrawn.class);
    }

    @Test
    void neither_does_one_that_would_be_held_once_its_turn_comes() {
        alice.sends(query("SELECT 1"), parse("", "DELETE FROM users WHERE id < 10"), bind("", ""), UNREADABLE);
        assertThat(alice.toServer()).containsExactly("Q SELECT 1");
        assertThat(alice.client.closed()).isTrue();
        assertThat(stage.ended).singleElement().isInstanceOf(Resolution.Withdrawn.class);
    }

    @Test
    void a_password_that_nobody_asked_for_is_no_message_either_and_nothing_behind_it_counts() {
        alice.sends(query("SELECT 1"), password("late"), query("SELECT 2"), DELETE);
        assertThat(alice.toServer()).containsExactly("Q SELECT 1");
        alice.server(complete("SELECT 1"), ready('I'));
        assertThat(alice.toClient()).containsExactly("C SELECT 1", "Z I", "E 08P01 invalid frontend message type 112");
        assertThat(alice.client.closed()).isTrue();
    }

    @Test
    void a_client_that_leaves_meanwhile_ends_the_session() {
        alice.sends(query("SELECT 1"), UNREADABLE);
        alice.session.clientGone();
        assertThat(alice.upstream.closed()).isTrue();
    }
}
