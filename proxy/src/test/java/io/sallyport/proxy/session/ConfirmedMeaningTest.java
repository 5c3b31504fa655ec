package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.session.fakes.Server.ROW_DESCRIPTION;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A name that was typed counts while it means what it meant: through settings, definitions and transactions. */
class ConfirmedMeaningTest extends ConfirmingTest {
    @Test
    void reading_and_rows_in_between_do_not_void_it() {
        refused("DROP TABLE a");
        runs("SELECT count(*) FROM a");
        runs("INSERT INTO b SELECT * FROM a");
        typed(alice, "'a'");
        runs("DROP TABLE a");
    }

    @Test
    void settings_and_definitions_in_between_void_it() {
        for (String between : new String[] {
            "SET search_path = other",
            "SET ROLE carol",
            "RESET ALL",
            "ALTER TABLE a RENAME TO b",
            "CREATE TABLE other.a (i int)"
        }) {
            refused("DROP TABLE a");
            typed(alice, "'a'");
            runs(between);
            refused("DROP TABLE a");
        }
    }

    @Test
    void inside_a_transaction_it_is_rolled_back_confirmed_and_repeated() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query("SET LOCAL search_path = sales").server(complete("SET"), ready('T'));
        alice.query("DROP TABLE a").server(error("42601"), ready('E'));
        alice.query("ROLLBACK").server(complete("ROLLBACK"), ready('I'));
        alice.toServer();
        typed(alice, "'a'");
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query("SET LOCAL search_path = sales").server(complete("SET"), ready('T'));
        alice.toServer();
        alice.query("DROP TABLE a");
        assertThat(alice.toServer()).containsExactly("Q DROP TABLE a");
        alice.server(complete("DROP TABLE"), ready('T'));
    }

    @Test
    void outside_of_the_transaction_whose_settings_it_was_refused_under_it_is_asked_anew() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query("SET LOCAL search_path = sales").server(complete("SET"), ready('T'));
        alice.query("DROP TABLE a").server(error("42601"), ready('E'));
        alice.query("ROLLBACK").server(complete("ROLLBACK"), ready('I'));
        alice.toServer();
        alice.client.take();
        typed(alice, "'a'");
        refused("DROP TABLE a");
    }

    @Test
    void a_setting_that_a_pipelined_rollback_took_back_voids_it_too() {
        alice.sends(query("SELECT 1"), query("BEGIN"), query("SET LOCAL search_path = sales"));
        alice.server(complete("SELECT 1"), ready('I'));
        alice.server(complete("BEGIN"), ready('T'), complete("SET"), ready('T'));
        alice.query("DROP TABLE a").server(error("42601"), ready('E'));
        alice.query("ROLLBACK").server(complete("ROLLBACK"), ready('I'));
        alice.toServer();
        alice.client.take();
        typed(alice, "'a'");
        refused("DROP TABLE a");
    }

    @Test
    void a_rollback_of_nothing_takes_no_setting_back() {
        refused("DROP TABLE a");
        typed(alice, "'a'");
        alice.sends(query("SET search_path = sales"), query("ROLLBACK"));
        alice.server(complete("SET"), ready('I'), complete("ROLLBACK"), ready('I'));
        alice.toServer();
        alice.client.take();
        refused("DROP TABLE a");
    }

    @Test
    void a_setting_that_goes_on_behind_a_savepoint_voids_it() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query("SAVEPOINT s").server(complete("SAVEPOINT"), ready('T'));
        alice.query("DROP TABLE a").server(error("42601"), ready('E'));
        alice.query("ROLLBACK TO s").server(complete("ROLLBACK"), ready('T'));
        alice.query("SALLYPORT CONFIRM 'a'").server(ROW_DESCRIPTION, complete("SELECT 0"), ready('T'));
        alice.query("SET LOCAL search_path = sales").server(complete("SET"), ready('T'));
        alice.toServer();
        alice.query("DROP TABLE a");
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('E'));
    }

    @Test
    void behind_a_savepoint_it_is_confirmed_and_repeated_in_the_same_transaction() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query("SAVEPOINT s").server(complete("SAVEPOINT"), ready('T'));
        alice.query("DROP TABLE a").server(error("42601"), ready('E'));
        alice.query("ROLLBACK TO s").server(complete("ROLLBACK"), ready('T'));
        alice.query("SALLYPORT CONFIRM 'a'").server(ROW_DESCRIPTION, complete("SELECT 0"), ready('T'));
        alice.toServer();
        alice.query("DROP TABLE a");
        assertThat(alice.toServer()).containsExactly("Q DROP TABLE a");
        alice.server(complete("DROP TABLE"), ready('T'));
    }

    @Test
    void in_a_failed_transaction_nothing_can_be_confirmed() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query("DROP TABLE a").server(error("42601"), ready('E'));
        alice.toServer();
        alice.query("SALLYPORT CONFIRM 'a'");
        assertThat(alice.toServer()).containsExactly("Q SELECT");
    }
}
