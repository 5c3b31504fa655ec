package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.functionCall;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeniedTest extends StagedTest {
    private static final String DENIED = "E 42501 denied by Sallyport: rule \"drops denied\"";

    @Test
    void a_denied_query_becomes_one_that_fails_and_the_servers_error_becomes_ours() {
        alice.query("DROP TABLE users");
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient()).containsExactly(DENIED, "Z I");
    }

    @Test
    void the_transaction_status_is_the_servers_own() {
        inTransaction();
        alice.query("DROP TABLE users");
        alice.server(error("42601"), ready('E'));
        assertThat(alice.toClient()).containsExactly(DENIED, "Z E");
    }

    @Test
    void of_a_denied_multi_statement_query_nothing_is_sent() {
        alice.query("INSERT INTO t VALUES (1); DROP TABLE users; INSERT INTO t VALUES (2)");
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
    }

    @Test
    void in_a_pipeline_what_stands_before_goes_and_what_stands_behind_is_dropped() {
        alice.sends(
                parse("", "INSERT INTO t VALUES (1)"),
                bind("", ""),
                execute("", 0),
                parse("", "DROP TABLE users"),
                bind("", ""),
                execute("", 0),
                parse("", "INSERT INTO t VALUES (2)"),
                bind("", ""),
                execute("", 0),
                sync());
        assertThat(alice.toServer())
                .containsExactly("P  INSERT INTO t VALUES (1)", "B", "E", "P  SALLYPORT REFUSED", "S");
        alice.server(PARSED, BOUND, complete("INSERT 0 1"), error("42601"), ready('I'));
        assertThat(alice.toClient()).containsExactly("1", "2", "C INSERT 0 1", DENIED, "Z I");
    }

    @Test
    void a_denied_bind_of_an_earlier_statement_becomes_an_execute_that_fails() {
        alice.sends(parse("s", "DROP TABLE users"), sync());
        alice.server(PARSED, ready('I'));
        assertThat(alice.toServer()).containsExactly("P s DROP TABLE users", "S");
        alice.toClient();
        for (int i = 0; i < 2; i++) {
            alice.sends(bind("", "s"), execute("", 0), sync());
            assertThat(alice.toServer()).containsExactly("E (refused)", "S");
            alice.server(error("34000"), ready('I'));
            assertThat(alice.toClient()).containsExactly(DENIED, "Z I");
        }
    }

    @Test
    void a_refused_parse_keeps_the_name_it_was_refused_under() {
        alice.sends(parse("kept", "DROP TABLE users"), bind("", "kept"), execute("", 0), sync());
        assertThat(alice.toServer()).containsExactly("P kept SALLYPORT REFUSED", "S");
        alice.server(error("42601"), ready('I'));
        alice.toClient();
        alice.sends(bind("", "kept"), execute("", 0), sync());
        alice.server(error("34000"), ready('I'));
        assertThat(alice.toClient()).containsExactly("E 26000 prepared statement \"kept\" does not exist", "Z I");
    }

    @Test
    void the_refused_slot_is_found_by_position_and_not_by_code() {
        alice.sends(query("SELECT 1/0"), query("DROP TABLE users"), query("SELECT 2/0"));
        alice.server(error("22012"), ready('I'), error("42601"), ready('I'), error("22012"), ready('I'));
        assertThat(alice.toClient())
                .containsExactly(
                        "E 22012 the server's own words",
                        "Z I",
                        DENIED,
                        "Z I",
                        "E 22012 the server's own words",
                        "Z I");
    }

    @Test
    void an_error_before_the_refusal_is_the_servers_and_ours_is_never_said() {
        alice.sends(
                parse("", "INSERT INTO t VALUES (1)"),
                bind("", ""),
                execute("", 0),
                parse("", "DROP TABLE users"),
                bind("", ""),
                execute("", 0),
                sync());
        alice.server(PARSED, BOUND, error("23505"), ready('I'));
        assertThat(alice.toClient()).containsExactly("1", "2", "E 23505 the server's own words", "Z I");
        alice.query("SELECT 1/0").server(error("22012"), ready('I'));
        assertThat(alice.toClient()).containsExactly("E 22012 the server's own words", "Z I");
    }

    @Test
    void what_is_denied_or_unknown_in_a_failed_transaction_is_refused_in_the_servers_own_words() {
        inTransaction();
        alice.query("SELECT 1/0").server(error("22012"), ready('E'));
        alice.toClient();
        alice.toServer();
        for (String sql : List.of("DROP TABLE users", "EXECUTE nowhere")) {
            alice.query(sql).server(error("25P02"), ready('E'));
            assertThat(alice.toServer()).singleElement().asString().doesNotContain("DROP", "EXECUTE");
            assertThat(alice.toClient()).containsExactly("E 25P02 the server's own words", "Z E");
        }
    }

    @Test
    void a_statement_that_leaves_a_failed_transaction_is_judged_with_what_follows_it() {
        inTransaction();
        alice.query("SELECT 1/0").server(error("22012"), ready('E'));
        alice.toClient();
        alice.query("ROLLBACK; DROP TABLE users").server(error("25P02"), ready('E'));
        assertThat(alice.toClient()).containsExactly(DENIED, "Z E");
    }

    @Test
    void a_function_call_is_refused_and_answers_at_once() {
        alice.sends(functionCall(1, List.of()));
        assertThat(alice.toServer()).containsExactly("F");
        alice.server(error("42883"), ready('I'));
        assertThat(alice.toClient())
                .containsExactly(
                        "E 0A000 FunctionCall of function 1 is not let through: what it runs cannot be judged", "Z I");
    }

    @Test
    void after_an_extended_error_the_server_gets_only_the_sync_and_nothing_is_held() {
        alice.sends(parse("", "SELECT x"), io.sallyport.proxy.it.wire.Frontend.flush());
        alice.server(error("42703"));
        alice.toServer();
        alice.sends(query("DELETE FROM users"), parse("", "SELECT 1"), bind("", ""), sync());
        assertThat(alice.toServer()).containsExactly("S");
        assertThat(stage.holds.waiting()).isEmpty();
        alice.server(ready('I'));
        assertThat(alice.toClient()).containsExactly("E 42703 the server's own words", "Z I");
    }

    private void inTransaction() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.toServer();
        alice.toClient();
    }
}
