package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.session.fakes.FakeSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A vote asks the control database on a worker, while the voter's batch stands still. */
class VoteOnWorkerTest extends StagedTest {
    private FakeSession bob = alice;

    @BeforeEach
    void log_bob_in() {
        bob = FakeSession.of(stage, "bob");
    }

    private Hold held() {
        alice.query("DELETE FROM users WHERE id = 1");
        return stage.waiting();
    }

    @Test
    void nothing_is_voted_on_the_loop_and_what_comes_behind_the_vote_waits() {
        Hold hold = held();
        bob.sends(query("SALLYPORT APPROVE " + hold.code()), query("SELECT 1"));
        assertThat(hold.resolution()).isNull();
        assertThat(bob.toServer()).isEmpty();
        stage.runWork();
        assertThat(hold.resolution()).isEqualTo(new Resolution.Approved("bob"));
        assertThat(bob.toServer()).hasSize(2).last().isEqualTo("Q SELECT 1");
    }

    @Test
    void a_control_database_that_is_away_is_an_error_and_no_approval() {
        Hold hold = held();
        stage.store.away = true;
        bob.query("SALLYPORT APPROVE " + hold.code());
        stage.runWork();
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient().get(0))
                .startsWith("E 58000 the control database cannot be used: it is away")
                .endsWith("it is not known to count");
        assertThat(hold.resolution()).isNull();
        assertThat(alice.toServer()).isEmpty();
    }

    @Test
    void workers_that_have_too_much_to_do_are_a_refusal() {
        Hold hold = held();
        stage.controlFull = true;
        bob.query("SALLYPORT APPROVE " + hold.code());
        stage.runWork();
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient().get(0)).startsWith("E XX000");
        assertThat(hold.resolution()).isNull();
    }

    @Test
    void a_cancel_ends_the_voters_wait_and_its_batch_is_not_sent_when_the_answer_comes() {
        Hold hold = held();
        bob.query("SALLYPORT APPROVE " + hold.code());
        bob.session.cancel(() -> {}, () -> {});
        stage.loop.runTasks();
        assertThat(bob.toServer()).containsExactly("Q SALLYPORT REFUSED");
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient().get(0)).startsWith("E 57014");
        stage.runWork();
        assertThat(bob.toServer()).isEmpty();
    }

    @Test
    void what_a_cancelled_statement_found_out_is_no_answer_to_the_next() {
        Hold hold = held();
        bob.query("SALLYPORT APPROVE " + hold.code());
        bob.session.cancel(() -> {}, () -> {});
        stage.loop.runTasks();
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient().get(0)).startsWith("E 57014");
        bob.toServer();
        stage.runWork();
        bob.query("SALLYPORT STATUS");
        assertThat(bob.toServer()).singleElement().asString().contains("\"item\"");
        bob.server(complete("SELECT 0"), ready('I'));
        assertThat(bob.toClient()).anyMatch(message -> message.contains("environment"));
    }

    @Test
    void so_many_at_once_are_refused() {
        Hold hold = held();
        byte[][] messages = new byte[36][];
        messages[0] = parse("s", "SALLYPORT SHOW " + hold.code());
        for (int i = 1; i < 35; i += 2) {
            messages[i] = bind("", "s");
            messages[i + 1] = execute("", 0);
        }
        messages[35] = sync();
        bob.sends(messages);
        stage.runWork();
        bob.server(PARSED);
        for (int i = 0; i < 16; i++) {
            bob.server(BOUND, complete("SELECT 0"));
        }
        bob.server(error("34000"), ready('I'));
        assertThat(bob.toClient())
                .anyMatch(message -> message.startsWith("E 54000 too many statements of SALLYPORT are sent at once"));
    }

    @Test
    void two_through_one_portal_have_each_its_own_rows() {
        bob.sends(
                parse("a", "SALLYPORT STATUS"),
                parse("b", "SALLYPORT HELP"),
                bind("", "a"),
                execute("", 0),
                bind("", "b"),
                execute("", 0),
                sync());
        bob.server(PARSED, PARSED, BOUND, complete("SELECT 0"), BOUND, complete("SELECT 0"), ready('I'));
        assertThat(String.join("\n", bob.toClient()))
                .containsSubsequence("environment", "C SELECT", "SALLYPORT HOLDS", "C SELECT");
    }

    @Test
    void a_vote_that_shares_its_batch_with_something_that_is_held_is_not_carried_out() {
        Hold hold = held();
        bob.sends(
                parse("", "SALLYPORT APPROVE " + hold.code()),
                bind("", ""),
                execute("", 0),
                parse("", "DELETE FROM users WHERE id = 2"),
                bind("", ""),
                execute("", 0),
                sync());
        stage.runWork();
        Hold second = stage.holds.waiting().stream()
                .filter(waiting -> !waiting.code().equals(hold.code()))
                .findFirst()
                .orElseThrow();
        stage.holds.resolve(second, new Resolution.Approved("carol"));
        stage.runWork();
        assertThat(hold.resolution()).isNull();
        assertThat(bob.toServer())
                .anyMatch(message -> message.contains("refused"))
                .noneMatch(message -> message.contains("DELETE"));
    }
}
