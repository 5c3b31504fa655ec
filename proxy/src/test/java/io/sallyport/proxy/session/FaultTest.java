package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.session.fakes.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** No fault of the proxy's own ever becomes an allow. */
class FaultTest extends StagedTest {
    /** The token readers leave its condition open: it is read in full by a worker. */
    private static final String PENDING = "UPDATE users SET a = 1 WHERE id IS NULL OR id IS NOT NULL";

    /** Too long to be read on the loop. */
    private static final String LONG = "UPDATE users SET a = 1 WHERE id = 1 /* " + "x".repeat(40_000) + " */";

    @Test
    void an_exception_in_the_policy_refuses_the_statement() {
        stage.policy = () -> {
            throw new IllegalStateException("boom");
        };
        alice.query("SELECT 1");
        assertRefusedAsFault();
    }

    @Test
    void a_stack_overflow_in_the_policy_refuses_the_statement() {
        stage.policy = () -> {
            throw new StackOverflowError();
        };
        alice.query("SELECT 1");
        assertRefusedAsFault();
    }

    @Test
    void the_next_statement_is_judged_as_if_nothing_had_happened() {
        stage.policy = () -> {
            throw new IllegalStateException("boom");
        };
        alice.query("SELECT 1").server(error("42601"), ready('I'));
        stage.policy = () -> io.sallyport.proxy.session.fakes.Policies.TESTED;
        alice.toServer();
        alice.query("SELECT 1");
        assertThat(alice.toServer()).containsExactly("Q SELECT 1");
    }

    @Test
    void a_long_text_waits_for_a_worker_and_then_goes_byte_for_byte() {
        alice.sends(query(LONG), query("SELECT 1"));
        assertThat(alice.toServer()).isEmpty();
        stage.runWork();
        assertThat(alice.toServer()).containsExactly("Q " + LONG, "Q SELECT 1");
    }

    @Test
    void a_long_text_that_destroys_is_held_like_a_short_one() {
        alice.query("UPDATE users SET a = 1 /* " + "x".repeat(40_000) + " */");
        stage.runWork();
        assertThat(alice.toServer()).isEmpty();
        assertThat(stage.waiting().request().rule()).isEqualTo("whole tables held");
        stage.resolve(new Resolution.Rejected("bob", "no"));
    }

    @Test
    void workers_that_are_full_refuse_the_statement() {
        stage.workersFull = true;
        alice.query(LONG);
        assertRefusedAsFault();
    }

    @Test
    void a_cancel_ends_the_wait_for_a_worker_and_its_late_answer_changes_nothing() {
        alice.query(LONG);
        alice.session.cancel(() -> {}, () -> {
            throw new AssertionError("the server has nothing to cancel");
        });
        stage.loop.runTasks();
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        stage.runWork();
        assertThat(alice.toServer()).isEmpty();
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).containsExactly("E 57014 canceling statement due to user request", "Z I");
    }

    @Test
    void a_client_that_vanishes_while_a_worker_reads_leaves_nothing_behind() {
        alice.query(LONG);
        alice.session.clientGone();
        stage.runWork();
        assertThat(alice.toServer()).isEmpty();
    }

    @Test
    void what_the_audit_cannot_take_is_not_held_but_refused() {
        stage.audit.close();
        alice.query("DELETE FROM users WHERE id = 1");
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        assertThat(stage.holds.waiting()).isEmpty();
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient())
                .containsExactly(
                        "E XX000 this statement needs a second person, and Sallyport cannot hold it now", "Z I");
        stage.loop.advance(Duration.ofHours(1));
        assertThat(alice.toServer()).isEmpty();
    }

    @Test
    void an_answer_that_nobody_asked_for_ends_the_session() {
        alice.server(complete("SELECT 1"));
        assertThat(alice.toClient()).last().asString().startsWith("E 08P01 Sallyport lost track of the server");
        assertThat(alice.client.closed()).isTrue();
        assertThat(alice.upstream.closed()).isTrue();
    }

    @Test
    void an_answer_out_of_order_ends_the_session() {
        alice.sends(query("SELECT 1"));
        alice.server(Server.PARSED);
        assertThat(alice.toClient()).last().asString().contains("unexpected reply '1' of the server");
        assertThat(alice.upstream.closed()).isTrue();
    }

    @Test
    void a_message_that_breaks_the_protocol_ends_the_session_with_its_reason() {
        alice.sends(new byte[] {'z', 0, 0, 0, 4});
        assertThat(alice.toClient()).containsExactly("E 08P01 invalid frontend message type 122");
        assertThat(alice.client.closed()).isTrue();
        assertThat(alice.upstream.closed()).isTrue();
    }

    @Test
    void a_query_with_a_nul_inside_is_refused_and_the_session_lives() {
        alice.sends(new io.sallyport.proxy.it.wire.Body()
                .string("SELECT 1")
                .raw("DROP TABLE t\0".getBytes(StandardCharsets.UTF_8))
                .message('Q'));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).first().asString().startsWith("E 08P01 invalid message format");
        assertThat(alice.client.closed()).isFalse();
    }

    @Test
    void a_condition_left_open_by_the_quick_reading_is_read_in_full_before_it_goes() {
        alice.query(PENDING);
        assertThat(alice.toServer()).isEmpty();
        assertThat(stage.holds.waiting()).isEmpty();
        stage.runWork();
        assertThat(stage.waiting().request().rule()).isEqualTo("whole tables held");
        stage.resolve(new Resolution.Rejected("bob", "no"));
    }

    private void assertRefusedAsFault() {
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient())
                .containsExactly("E XX000 Sallyport could not judge this statement and refuses it", "Z I");
    }
}
