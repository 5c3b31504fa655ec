package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.describeStatement;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.flush;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.ROW_DESCRIPTION;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.session.fakes.FakeSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleAnswersTest extends StagedTest {
    private static final String STATUS_SELECT =
            "SELECT NULL::pg_catalog.text AS \"item\", NULL::pg_catalog.text AS \"value\" LIMIT 0";

    private FakeSession bob = alice;

    @BeforeEach
    void log_bob_in() {
        bob = FakeSession.of(stage, "bob");
    }

    @Test
    void the_server_makes_an_empty_result_and_the_proxy_puts_the_rows_in() {
        alice.query("SALLYPORT STATUS");
        assertThat(alice.toServer()).containsExactly("Q " + STATUS_SELECT);
        alice.server(ROW_DESCRIPTION, complete("SELECT 0"), ready('T'));
        assertThat(alice.toClient()).containsExactly("T", "D environment|test", "C SELECT 1", "Z T");
    }

    @Test
    void in_the_extended_protocol_the_rows_come_with_the_execute() {
        alice.sends(parse("s", "SALLYPORT STATUS"), describeStatement("s"), bind("", "s"), execute("", 0), sync());
        assertThat(alice.toServer()).containsExactly("P s " + STATUS_SELECT, "D S s", "B  s", "E", "S");
        alice.server(PARSED, ROW_DESCRIPTION, BOUND, complete("SELECT 0"), ready('I'));
        assertThat(alice.toClient()).containsExactly("1", "T", "2", "D environment|test", "C SELECT 1", "Z I");
    }

    @Test
    void a_console_statement_prepared_once_answers_every_execute() {
        alice.sends(parse("s", "SALLYPORT STATUS"), sync());
        alice.server(PARSED, ready('I'));
        alice.toClient();
        for (int i = 0; i < 3; i++) {
            alice.sends(bind("", "s"), execute("", 0), sync());
            alice.server(BOUND, complete("SELECT 0"), ready('I'));
            assertThat(alice.toClient()).containsExactly("2", "D environment|test", "C SELECT 1", "Z I");
        }
    }

    @Test
    void rows_bound_in_one_batch_may_be_executed_in_the_next() {
        alice.sends(parse("", "SALLYPORT STATUS"), bind("p", ""), flush(), execute("p", 0), sync());
        alice.server(PARSED, BOUND, complete("SELECT 0"), ready('I'));
        assertThat(alice.toClient()).containsExactly("1", "2", "D environment|test", "C SELECT 1", "Z I");
    }

    @Test
    void a_second_person_approves_from_another_session() {
        alice.query("DELETE FROM users WHERE id = 1");
        Hold hold = stage.waiting();
        bob.query("SALLYPORT APPROVE " + hold.code());
        stage.runWork();
        assertThat(hold.resolution()).isEqualTo(new Resolution.Approved("bob"));
        assertThat(alice.toServer()).containsExactly("Q DELETE FROM users WHERE id = 1");
        bob.server(ROW_DESCRIPTION, complete("SELECT 0"), ready('I'));
        assertThat(bob.toClient())
                .containsExactly(
                        "T",
                        "D " + hold.code() + "|approved|alice|DELETE FROM users WHERE id = 1",
                        "C SELECT 1",
                        "Z I");
    }

    @Test
    void the_requester_cannot_approve_from_another_session_of_hers() {
        alice.query("DELETE FROM users WHERE id = 1");
        Hold hold = stage.waiting();
        FakeSession again = FakeSession.of(stage, "alice");
        again.query("SALLYPORT APPROVE " + hold.code());
        stage.runWork();
        again.server(error("42601"), ready('I'));
        assertThat(again.toClient())
                .containsExactly(
                        "E 42501 the requester of hold " + hold.code() + " cannot approve it: it takes a second person",
                        "Z I");
        assertThat(hold.resolution()).isNull();
        assertThat(alice.toServer()).isEmpty();
    }

    @Test
    void a_console_statement_that_cannot_be_read_is_an_ordinary_error() {
        alice.query("SALLYPORT APROVE X");
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('E'));
        assertThat(alice.toClient()).containsExactly("E 42601 unknown statement SALLYPORT APROVE", "Z E");
    }

    @Test
    void an_error_in_a_pipeline_stands_in_its_own_slot() {
        alice.sends(
                parse("", "SELECT 1"),
                bind("", ""),
                execute("", 0),
                parse("", "SALLYPORT SHOW K7Q4-F2MD"),
                bind("", ""),
                execute("", 0),
                sync());
        stage.runWork();
        assertThat(alice.toServer()).hasSize(6).contains("E (refused)").endsWith("S");
        alice.server(PARSED, BOUND, complete("SELECT 1"), PARSED, error("34000"), ready('I'));
        assertThat(alice.toClient())
                .containsExactly("1", "2", "C SELECT 1", "1", "E 42704 there is no hold K7Q4-F2MD", "Z I");
    }

    @Test
    void in_a_failed_transaction_nobody_votes() {
        alice.query("DELETE FROM users WHERE id = 1");
        Hold hold = stage.waiting();
        bob.query("BEGIN").server(complete("BEGIN"), ready('T'));
        bob.query("SELECT 1/0").server(error("22012"), ready('E'));
        bob.client.takeBytes();
        bob.query("SALLYPORT APPROVE " + hold.code()).server(error("25P02"), ready('E'));
        assertThat(bob.toClient()).first().asString().startsWith("E 25P02");
        assertThat(hold.resolution()).isNull();
    }

    @Test
    void a_vote_that_cannot_be_recorded_does_not_count() {
        alice.query("DELETE FROM users WHERE id = 1");
        Hold hold = stage.waiting();
        stage.votesRecorded = false;
        bob.query("SALLYPORT APPROVE " + hold.code());
        stage.runWork();
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient()).first().asString().startsWith("E XX000 the vote could not be recorded");
        assertThat(hold.resolution()).isNull();
        stage.votesRecorded = true;
        bob.query("SALLYPORT REJECT " + hold.code() + " 'it''s wrong'");
        stage.runWork();
        assertThat(hold.resolution()).isEqualTo(new Resolution.Rejected("bob", "it's wrong"));
    }

    @Test
    void rows_of_a_statement_that_the_server_refused_are_not_shown_later() {
        alice.sends(query("SALLYPORT STATUS"), query("SELECT 1"));
        alice.server(error("57014"), ready('I'), ROW_DESCRIPTION, complete("SELECT 1"), ready('I'));
        assertThat(alice.toClient()).containsExactly("E 57014 the server's own words", "Z I", "T", "C SELECT 1", "Z I");
    }
}
