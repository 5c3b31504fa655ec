package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.session.fakes.FakeSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A rule lets a statement run once its requester has typed the name of what it destroys. */
class ConfirmedTest extends ConfirmingTest {
    @Test
    void it_is_refused_until_the_name_is_typed_and_then_runs_once() {
        refused(DROP);
        typed(alice, "'production_db'");
        runs(DROP);
        refused(DROP);
    }

    @Test
    void the_refusal_says_what_it_would_do_and_leaves_the_name_to_be_typed() {
        alice.query(DROP);
        alice.server(error("42601"), ready('I'));
        assertThat(new String(alice.client.takeBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains(
                        "DROP DATABASE", "gone is gone", "SALLYPORT CONFIRM '<name of the database>';", "within 2m 0s")
                .doesNotContain("CONFIRM 'production_db'");
    }

    @Test
    void a_name_that_is_not_exactly_that_confirms_nothing() {
        refused(DROP);
        mistyped(alice, "'Production_DB'", "E 22023 'Production_DB' is not what the refused statement names");
        mistyped(alice, "'production_db '", "E 22023 'production_db ' is not what the refused statement names");
        mistyped(alice, "'production_db', 'x'", "E 22023 'x' is not what the refused statement names");
        refused(DROP);
    }

    @Test
    void every_name_must_be_typed_in_whatever_order() {
        refused("DROP TABLE a, sales.b");
        mistyped(alice, "'a'", "E 22023 the refused statement names 1 more");
        typed(alice, "'sales.b', 'a'");
        runs("DROP TABLE a, sales.b");
    }

    @Test
    void a_statement_that_names_nothing_is_confirmed_by_its_kind() {
        refused("DO 'BEGIN END'");
        typed(alice, "'do'");
        runs("DO 'BEGIN END'");
    }

    @Test
    void quotes_in_a_name_are_doubled() {
        refused("DROP TABLE \"it's\"");
        typed(alice, "'it''s'");
        runs("DROP TABLE \"it's\"");
    }

    @Test
    void nothing_asked_is_nothing_to_confirm() {
        mistyped(alice, "'production_db'", "E 55000 nothing waits to be confirmed in this session");
    }

    @Test
    void the_name_before_the_statement_confirms_nothing() {
        refused("DROP TABLE other");
        typed(alice, "'other'");
        refused(DROP);
        refused("DROP TABLE other");
    }

    @Test
    void the_same_name_in_another_text_is_another_statement() {
        refused("DROP TABLE a");
        typed(alice, "'a'");
        refused("DROP TABLE a CASCADE");
    }

    @Test
    void what_another_session_types_confirms_nothing_here() {
        refused(DROP);
        FakeSession bob = FakeSession.of(stage, "alice");
        mistyped(bob, "'production_db'", "E 55000 nothing waits to be confirmed in this session");
        bob.session.clientGone();
        refused(DROP);
    }

    @Test
    void a_confirmation_is_used_up_even_if_the_server_refuses() {
        refused(DROP);
        typed(alice, "'production_db'");
        alice.query(DROP).server(error("55006"), ready('I'));
        assertThat(alice.toServer()).containsExactly("Q " + DROP);
        alice.toClient();
        refused(DROP);
    }

    @Test
    void it_is_asked_anew_when_time_is_up() {
        refused("TRUNCATE a");
        typed(alice, "'a'");
        stage.loop.advance(Duration.ofSeconds(31));
        refused("TRUNCATE a");
        assertThat(stage.metrics.scrape()).contains("sallyport_confirmations_total{event=\"expired\"} 1.0");
    }

    @Test
    void a_driver_may_call_its_statements_otherwise_and_put_begin_in_front() {
        alice.sends(parse("S_1", "DROP TABLE a"), bind("", "S_1"), execute("", 0), sync());
        assertThat(alice.toServer()).containsExactly("P S_1 SALLYPORT REFUSED", "S");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).containsExactly(ASKED, "Z I");
        typed(alice, "'a'");
        alice.sends(
                parse("", "BEGIN"),
                bind("", ""),
                execute("", 0),
                parse("S_2", "DROP TABLE a"),
                bind("p", "S_2"),
                execute("p", 0),
                sync());
        assertThat(alice.toServer()).contains("P S_2 DROP TABLE a", "E p").hasSize(7);
    }

    @Test
    void other_parameter_values_are_another_batch() {
        alice.sends(parse("", "DROP TABLE a"), bind("", "", "1"), execute("", 0), sync());
        alice.server(error("42601"), ready('I'));
        alice.toServer();
        alice.client.take();
        typed(alice, "'a'");
        alice.sends(parse("", "DROP TABLE a"), bind("", "", "2"), execute("", 0), sync());
        assertThat(alice.toServer()).containsExactly("P  SALLYPORT REFUSED", "S");
        alice.server(error("42601"), ready('I'));
    }

    @Test
    void in_a_pipeline_the_whole_pipeline_is_confirmed() {
        byte[][] pipeline = {
            parse("", "INSERT INTO log VALUES (1)"),
            bind("", ""),
            execute("", 0),
            parse("", "DROP TABLE a"),
            bind("", ""),
            execute("", 0),
            parse("", "INSERT INTO log VALUES (2)"),
            bind("", ""),
            execute("", 0),
            sync()
        };
        alice.sends(pipeline);
        assertThat(alice.toServer())
                .containsExactly("P  INSERT INTO log VALUES (1)", "B", "E", "P  SALLYPORT REFUSED", "S");
        alice.server(io.sallyport.proxy.session.fakes.Server.PARSED);
        alice.server(io.sallyport.proxy.session.fakes.Server.BOUND, complete("INSERT 0 1"), error("42601"), ready('I'));
        alice.client.take();
        typed(alice, "'a'");
        alice.sends(pipeline);
        assertThat(alice.toServer()).hasSize(10).contains("P  DROP TABLE a");
    }

    @Test
    void a_confirmation_lifts_no_stricter_rule() {
        refused("DROP TABLE a");
        typed(alice, "'a'");
        alice.query("DROP TABLE a; INSERT INTO payroll VALUES (1)");
        assertThat(stage.waiting().request().rule()).isEqualTo("payroll held");
    }

    @Test
    void a_statement_that_is_no_statement_of_ours_is_a_syntax_error() {
        mistyped(alice, "production_db", "E 42601 expected SALLYPORT CONFIRM 'name' [, 'name' …]");
        mistyped(alice, "", "E 42601 expected SALLYPORT CONFIRM 'name' [, 'name' …]");
        mistyped(alice, "'a' 'b'", "E 42601 expected SALLYPORT CONFIRM 'name' [, 'name' …]");
    }
}
