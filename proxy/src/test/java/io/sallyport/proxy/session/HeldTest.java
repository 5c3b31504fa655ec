package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.join;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.it.wire.Frontend.terminate;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Resolution;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeldTest extends StagedTest {
    private static final byte[] DELETE = query("DELETE FROM users WHERE id < 10");

    @Test
    void a_held_query_waits_unsent_and_its_requester_is_told_at_once() {
        alice.sends(DELETE);
        assertThat(alice.upstream.takeBytes()).isEmpty();
        assertThat(alice.client.take())
                .containsExactly("N held by Sallyport until a second person approves: "
                        + stage.waiting().code());
    }

    /** Holds may wait for days and remind ten times a second. */
    @Test
    void a_client_that_does_not_read_is_not_reminded() {
        alice.sends(DELETE);
        alice.client.take();
        alice.client.full(true);
        stage.loop.advance(Duration.ofMinutes(5));
        assertThat(alice.client.take()).isEmpty();
        alice.client.full(false);
        stage.loop.advance(Duration.ofSeconds(30));
        assertThat(alice.client.take()).hasSize(1);
    }

    @Test
    void the_approver_reads_who_asks_what_and_why() {
        alice.sends(parse("", "DELETE FROM users WHERE id = $1"), bind("", "", "7"), execute("", 0), sync());
        HoldRequest request = stage.waiting().request();
        assertThat(request.requester()).isEqualTo("alice");
        assertThat(request.database()).isEqualTo("shop");
        assertThat(request.application()).isEqualTo("psql");
        assertThat(request.client()).isEqualTo("10.0.0.1:5000");
        assertThat(request.rule()).isEqualTo("deletes held");
        assertThat(request.texts()).isEqualTo("DELETE FROM users WHERE id = $1");
        assertThat(request.parameters()).containsExactly("$1 = '7'");
        assertThat(request.summaries()).containsExactly("DELETE on users");
    }

    @Test
    void of_very_many_statements_a_hundred_are_described() {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            sql.append("DELETE FROM t").append(i).append(" WHERE id < 10;");
        }
        alice.sends(query(sql.toString()));
        HoldRequest request = stage.waiting().request();
        assertThat(request.summaries()).hasSize(101).last().isEqualTo("and more: 500 statements in all");
        assertThat(request.texts()).isEqualTo(sql.toString());
    }

    @Test
    void approval_sends_the_same_bytes_and_names_the_approver() {
        alice.sends(DELETE);
        String code = stage.waiting().code().value();
        alice.client.take();
        stage.resolve(new Resolution.Approved("bob"));
        assertThat(alice.upstream.takeBytes()).isEqualTo(DELETE);
        assertThat(alice.client.take()).containsExactly("N " + code + " approved by bob; running it now");
        alice.server(complete("DELETE 9"), ready('I'));
        assertThat(alice.toClient()).containsExactly("C DELETE 9", "Z I");
    }

    @Test
    void an_approved_extended_batch_goes_whole_and_byte_for_byte() {
        byte[] batch = join(
                parse("", "INSERT INTO log VALUES (1)"),
                bind("", ""),
                execute("", 0),
                parse("", "DELETE FROM users WHERE id = $1"),
                bind("", "", "7"),
                execute("", 0),
                sync());
        alice.sends(batch);
        assertThat(alice.upstream.takeBytes()).isEmpty();
        stage.resolve(new Resolution.Approved("bob"));
        assertThat(alice.upstream.takeBytes()).isEqualTo(batch);
    }

    @Test
    void rejection_is_an_error_that_names_rejecter_and_reason() {
        alice.sends(DELETE);
        String code = stage.waiting().code().value();
        stage.resolve(new Resolution.Rejected("bob", "no environment"));
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).containsExactly("E 42501 " + code + " rejected by bob: no environment", "Z I");
    }

    @Test
    void a_rejected_pipeline_runs_no_further_than_the_held_statement() {
        alice.sends(
                parse("", "INSERT INTO log VALUES (1)"),
                bind("", ""),
                execute("", 0),
                parse("", "DELETE FROM users WHERE id = 7"),
                bind("", ""),
                execute("", 0),
                sync());
        stage.resolve(new Resolution.Rejected("bob", "no"));
        assertThat(alice.toServer())
                .containsExactly("P  INSERT INTO log VALUES (1)", "B", "E", "P  SALLYPORT REFUSED", "S");
        alice.server(PARSED, BOUND, complete("INSERT 0 1"), error("42601"), ready('I'));
        assertThat(alice.toClient()).endsWith("Z I").hasSize(5);
    }

    @Test
    void a_hold_that_nobody_answers_expires_by_the_clock_and_reminds_meanwhile() {
        alice.sends(DELETE);
        alice.client.take();
        stage.loop.advance(Duration.ofSeconds(59));
        assertThat(alice.client.take()).singleElement().asString().contains("still waits", "30s so far");
        stage.loop.advance(Duration.ofSeconds(541));
        assertThat(stage.ended).containsExactly(new Resolution.Expired());
        alice.server(ready('I'), error("42601"), ready('I'));
        assertThat(alice.toClient()).first().asString().contains("57014", "no second person approved it in 10m 0s");
        assertThat(stage.loop.timers()).isZero();
    }

    @Test
    void a_cancel_withdraws_the_hold_and_is_not_forwarded() {
        alice.sends(DELETE);
        StringBuilder went = new StringBuilder();
        alice.session.cancel(() -> went.append("withdrawn"), () -> went.append("forward"));
        stage.loop.runTasks();
        assertThat(went).hasToString("withdrawn");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).containsExactly("E 57014 canceling statement due to user request", "Z I");
    }

    @Test
    void a_cancel_when_nothing_is_held_is_the_servers() {
        alice.query("SELECT pg_sleep(10)");
        StringBuilder went = new StringBuilder();
        alice.session.cancel(() -> went.append("withdrawn"), () -> went.append("forward"));
        stage.loop.runTasks();
        assertThat(went).hasToString("forward");
    }

    @Test
    void of_approval_and_cancel_exactly_one_wins() {
        alice.sends(DELETE);
        stage.holds.resolve(stage.waiting(), new Resolution.Approved("bob"));
        StringBuilder went = new StringBuilder();
        alice.session.cancel(() -> went.append("withdrawn"), () -> went.append("forward"));
        stage.loop.runTasks();
        assertThat(went).hasToString("forward");
        assertThat(alice.upstream.takeBytes()).isEqualTo(DELETE);
        assertThat(stage.ended).containsExactly(new Resolution.Approved("bob"));
    }

    @Test
    void a_client_that_says_goodbye_withdraws_its_hold() {
        alice.sends(DELETE, terminate());
        assertGoneUnexecuted();
    }

    @Test
    void a_client_that_sends_no_more_withdraws_its_hold() {
        alice.sends(DELETE);
        alice.session.clientFinished();
        stage.loop.runTasks();
        assertGoneUnexecuted();
    }

    @Test
    void a_client_that_vanishes_withdraws_its_hold() {
        alice.sends(DELETE);
        alice.session.clientGone();
        stage.loop.runTasks();
        assertGoneUnexecuted();
    }

    @Test
    void goodbye_behind_other_queued_statements_is_seen_too() {
        alice.sends(DELETE, query("SELECT 1"), parse("", "SELECT 2"), terminate());
        assertGoneUnexecuted();
    }

    @Test
    void a_server_that_vanishes_during_a_hold_voids_it() {
        alice.sends(DELETE);
        alice.session.upstreamGone();
        stage.loop.runTasks();
        assertThat(stage.ended).containsExactly(new Resolution.ServerLost());
        assertThat(alice.toClient())
                .containsExactly("E 08006 the server closed the connection while the statement was held");
        assertThat(alice.client.closed()).isTrue();
    }

    @Test
    void a_server_that_said_why_has_the_last_word() {
        alice.sends(DELETE);
        alice.server(error("FATAL", "57P01"));
        alice.session.upstreamGone();
        stage.loop.runTasks();
        assertThat(stage.ended).containsExactly(new Resolution.ServerLost());
        assertThat(alice.toClient()).containsExactly("E 57P01 the server's own words");
    }

    private void assertGoneUnexecuted() {
        assertThat(stage.ended).singleElement().isInstanceOf(Resolution.Withdrawn.class);
        assertThat(alice.upstream.takeBytes()).isEmpty();
        assertThat(alice.upstream.closed()).isTrue();
        assertThat(alice.client.closed()).isTrue();
    }
}
