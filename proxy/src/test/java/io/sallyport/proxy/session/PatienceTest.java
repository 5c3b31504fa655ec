package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.flush;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.parameter;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.Resolution;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** While it holds, the session keeps the server from losing patience, and nobody notices. */
class PatienceTest extends StagedTest {
    private static final byte[] DELETE = query("DELETE FROM users WHERE id = 1");
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    @Test
    void a_sync_of_our_own_rearms_the_server_and_its_answer_is_swallowed() {
        alice.sends(DELETE);
        for (int i = 0; i < 4; i++) {
            stage.loop.advance(KEEP_ALIVE);
            assertThat(alice.toServer()).containsExactly("S");
            alice.server(ready('I'));
        }
        assertThat(alice.toClient()).isEmpty();
    }

    @Test
    void approval_right_behind_our_own_sync_keeps_the_answers_apart() {
        alice.sends(DELETE);
        stage.loop.advance(KEEP_ALIVE);
        stage.resolve(new Resolution.Approved("bob"));
        assertThat(alice.toServer()).containsExactly("S", "Q DELETE FROM users WHERE id = 1");
        alice.server(ready('I'), complete("DELETE 1"), ready('I'));
        assertThat(alice.toClient()).containsExactly("C DELETE 1", "Z I");
    }

    @Test
    void rejection_right_behind_our_own_sync_keeps_the_answers_apart() {
        alice.sends(DELETE);
        stage.loop.advance(KEEP_ALIVE);
        stage.resolve(new Resolution.Rejected("bob", "no"));
        alice.server(ready('I'), error("42601"), ready('I'));
        assertThat(alice.toClient()).hasSize(2).endsWith("Z I");
    }

    @Test
    void no_second_sync_goes_while_the_first_is_unanswered() {
        alice.sends(DELETE);
        stage.loop.advance(KEEP_ALIVE.multipliedBy(10));
        assertThat(alice.toServer()).containsExactly("S");
    }

    @Test
    void an_unsynced_pipeline_gets_no_sync_of_ours_which_would_commit_it() {
        alice.sends(parse("", "INSERT INTO t VALUES (1)"), bind("", ""), execute("", 0), flush());
        alice.server(PARSED, BOUND, complete("INSERT 0 1"));
        alice.toServer();
        alice.sends(parse("", "DELETE FROM users WHERE id = 1"), bind("", ""), execute("", 0), sync());
        stage.loop.advance(KEEP_ALIVE.multipliedBy(10));
        assertThat(stage.waiting()).isNotNull();
        assertThat(alice.toServer()).isEmpty();
    }

    @Test
    void a_running_statement_gets_no_sync_of_ours() {
        alice.sends(query("SELECT pg_sleep(60)"), DELETE);
        alice.toServer();
        stage.loop.advance(KEEP_ALIVE.multipliedBy(2));
        assertThat(alice.toServer()).isEmpty();
        alice.server(complete("SELECT 1"), ready('I'));
        stage.loop.advance(KEEP_ALIVE);
        assertThat(alice.toServer()).containsExactly("S");
        alice.server(ready('I'));
    }

    @Test
    void what_the_server_says_by_itself_reaches_the_client_during_a_hold() {
        alice.sends(DELETE);
        alice.client.take();
        alice.server(parameter("TimeZone", "UTC"));
        assertThat(alice.toClient()).containsExactly("S TimeZone=UTC");
    }

    @Test
    void a_hold_in_a_transaction_tells_the_approver_which_locks_wait() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query("UPDATE public.orders SET a = 1 WHERE id = 2").server(complete("UPDATE 1"), ready('T'));
        alice.sends(DELETE);
        assertThat(stage.waiting().request().transaction())
                .containsExactly("others wait for RowExclusiveLock on public.orders (update)");
    }

    @Test
    void locks_of_a_transaction_that_ended_are_not_told() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query("UPDATE orders SET a = 1 WHERE id = 2").server(complete("UPDATE 1"), ready('T'));
        alice.query("COMMIT").server(complete("COMMIT"), ready('I'));
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.sends(DELETE);
        assertThat(stage.waiting().request().transaction())
                .containsExactly("it holds no locks on tables that it wrote to");
    }
}
