package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.copyData;
import static io.sallyport.proxy.it.wire.Frontend.password;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class EndOfClientTest extends StagedTest {
    private static final String LONG = "UPDATE users SET a = 1 /* " + "x".repeat(40_000) + " */";

    @Test
    void a_client_that_finished_while_a_worker_read_opens_no_hold_for_nobody() {
        alice.query(LONG);
        alice.session.clientFinished();
        stage.runWork();
        assertThat(stage.holds.waiting()).isEmpty();
        assertThat(alice.toServer()).noneMatch(message -> message.contains("UPDATE"));
    }

    @Test
    void a_client_that_finished_in_the_middle_of_a_refused_copy_is_not_waited_for() {
        alice.sends(query("COPY users FROM STDIN"), copyData(new byte[10]));
        alice.session.clientFinished();
        stage.loop.runTasks();
        assertThat(alice.upstream.finished() || alice.upstream.closed()).isTrue();
    }

    @Test
    void garbage_behind_a_hold_ends_the_session_at_once_and_nothing_runs() {
        alice.sends(query("DELETE FROM users WHERE id = 1"), password("garbage"));
        assertThat(stage.holds.waiting()).isEmpty();
        assertThat(alice.client.closed()).isTrue();
        assertThat(alice.toServer()).noneMatch(message -> message.contains("DELETE"));
    }

    /** Tasks of holds and workers run outside of the guard that the other entries have. */
    @Test
    void garbage_behind_a_text_that_a_worker_reads_ends_the_session_when_its_turn_comes() {
        alice.sends(query(LONG), password("garbage"));
        assertThatCode(stage::runWork).doesNotThrowAnyException();
        assertThat(alice.client.closed()).isTrue();
    }
}
