package io.sallyport.proxy.session;

import static io.sallyport.policies.rule.BudgetSource.UNKNOWN;
import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.BOUND;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.ROW;
import static io.sallyport.proxy.session.fakes.Server.SUSPENDED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.rule.Attribute;
import io.sallyport.policies.rule.RowAction;
import io.sallyport.proxy.budget.Account;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts for budgets of what the server says. */
class SpendingTest extends StagedTest {
    private static final String DELETE = "DELETE FROM users WHERE id = 7";

    /** Counted, and never asked. */
    @BeforeEach
    void everything_passes() {
        stage.policy = () -> Policies.of("""
                version: 1
                rules:
                  - {name: everybody, when: {user: "*"}, then: allow}
                  - {name: counted, when: {budget: {rows: "> 10", within: 1h}}, then: hold}
                """);
    }

    private long sum(String user, RowAction action, String table) {
        return stage.gatekeeper
                .budgets()
                .book()
                .sum(
                        new Account(Attribute.USER, user, "shop"),
                        Duration.ofHours(1),
                        entry ->
                                entry.action() == action && entry.table().name().equals(table));
    }

    /** What has no condition is read by a worker first. */
    private FakeSession sends(String sql) {
        alice.query(sql);
        stage.runWork();
        return alice;
    }

    private long deleted() {
        return sum("alice", RowAction.DELETED, "users");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM users WHERE id = 7 | DELETE 5 | DELETED | users | 5",
                "DELETE FROM public.\"users\" u USING orders o | DELETE 5 | DELETED | users | 5",
                "UPDATE users SET a = 1 | UPDATE 12000 | UPDATED | users | 12000",
                "UPDATE users SET a = 1 | UPDATE 5 | DELETED | users | 0",
                "INSERT INTO users VALUES (1) | INSERT 0 5 | INSERTED | users | 5",
                "INSERT INTO users VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1 | INSERT 0 5 | UPDATED | users | 5",
                "COPY users FROM '/tmp/x' | COPY 5 | INSERTED | users | 5",
                "MERGE INTO users USING o ON users.id = o.id WHEN MATCHED THEN DELETE | MERGE 5 | DELETED | users | 5",
                "TRUNCATE orders, users | TRUNCATE TABLE | DELETED | users | 9223372036854775807",
                "WITH d AS (DELETE FROM users RETURNING *) SELECT * FROM d | SELECT 5 | DELETED | users |"
                        + " 9223372036854775807",
                "WITH d AS (DELETE FROM users RETURNING *) INSERT INTO o SELECT * FROM d | INSERT 0 5 | INSERTED | o |"
                        + " 5",
                "DO 'BEGIN DELETE FROM users; END' | DO | DELETED | users | 9223372036854775807",
                "SELECT * FROM users | SELECT 5 | DELETED | users | 0"
            })
    void rows_count_as_the_server_tells_them(String sql, String tag, RowAction action, String table, long rows) {
        sends(sql).server(complete(tag), ready('I'));
        assertThat(sum("alice", action, table)).isEqualTo(rows);
        assertThat(sum("bob", action, table)).isZero();
    }

    @Test
    void statements_of_one_string_count_one_by_one() {
        sends("DELETE FROM orders; DELETE FROM users; UPDATE users SET a = 1")
                .server(complete("DELETE 3"), complete("DELETE 4"), complete("UPDATE 5"), ready('I'));
        assertThat(sum("alice", RowAction.DELETED, "orders")).isEqualTo(3);
        assertThat(deleted()).isEqualTo(4);
    }

    @Test
    void every_execution_of_a_prepared_statement_counts() {
        alice.sends(parse("", "DELETE FROM users WHERE id = $1"), bind("", "", "1"), execute("", 0), bind("", "", "2"))
                .sends(execute("", 0), sync())
                .server(PARSED, BOUND, complete("DELETE 1"), BOUND, complete("DELETE 2"), ready('I'));
        assertThat(deleted()).isEqualTo(3);
    }

    @Test
    void a_portal_that_is_suspended_has_done_what_nobody_tells() {
        alice.sends(parse("", "DELETE FROM users WHERE id < 9 RETURNING id"), bind("", ""), execute("", 1), sync())
                .server(PARSED, BOUND, ROW, SUSPENDED, ready('I'));
        assertThat(deleted()).isEqualTo(UNKNOWN);
    }

    @Test
    void prepared_by_sql_it_counts_where_it_is_executed() {
        sends("PREPARE p AS DELETE FROM users").server(complete("PREPARE"), ready('I'));
        assertThat(deleted()).isZero();
        sends("EXECUTE p").server(complete("DELETE 4"), ready('I'));
        assertThat(deleted()).isEqualTo(4);
    }

    @Test
    void an_open_transaction_counts_and_what_it_takes_back_does_not() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query(DELETE).server(complete("DELETE 5"), ready('T'));
        assertThat(deleted()).isEqualTo(5);
        alice.query("ROLLBACK").server(complete("ROLLBACK"), ready('I'));
        assertThat(deleted()).isZero();
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query(DELETE).server(complete("DELETE 5"), ready('T'));
        alice.query("COMMIT").server(complete("COMMIT"), ready('I'));
        alice.query("ROLLBACK").server(complete("ROLLBACK"), ready('I'));
        assertThat(deleted()).isEqualTo(5);
    }

    @Test
    void an_error_takes_back_what_its_string_did_but_not_what_was_committed() {
        alice.query(DELETE + "; SELECT 1/0").server(complete("DELETE 5"), error("22012"), ready('I'));
        assertThat(deleted()).isZero();
        alice.query(DELETE + "; COMMIT; " + DELETE + "; SELECT 1/0")
                .server(complete("DELETE 3"), complete("COMMIT"), complete("DELETE 5"), error("22012"), ready('I'));
        assertThat(deleted()).isEqualTo(3);
    }

    @Test
    void a_failed_transaction_that_is_committed_has_done_nothing() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query(DELETE).server(complete("DELETE 5"), ready('T'));
        alice.query("SELECT 1/0").server(error("22012"), ready('E'));
        alice.query("COMMIT").server(complete("ROLLBACK"), ready('I'));
        assertThat(deleted()).isZero();
    }

    @Test
    void what_a_savepoint_took_back_still_counts() {
        alice.query("BEGIN; SAVEPOINT s").server(complete("BEGIN"), complete("SAVEPOINT"), ready('T'));
        alice.query(DELETE).server(complete("DELETE 5"), ready('T'));
        alice.query("SELECT 1/0").server(error("22012"), ready('E'));
        alice.query("ROLLBACK TO s").server(complete("ROLLBACK"), ready('T'));
        alice.query("COMMIT").server(complete("COMMIT"), ready('I'));
        assertThat(deleted()).isEqualTo(5);
    }

    @Test
    void behind_the_end_of_a_transaction_it_counts_again() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query("SELECT 1/0").server(error("22012"), ready('E'));
        alice.query("ROLLBACK; " + DELETE).server(complete("ROLLBACK"), complete("DELETE 5"), ready('I'));
        assertThat(deleted()).isEqualTo(5);
        alice.query("BEGIN; " + DELETE + "; COMMIT AND CHAIN")
                .server(complete("BEGIN"), complete("DELETE 2"), complete("COMMIT"), ready('T'));
        alice.query("ROLLBACK").server(complete("ROLLBACK"), ready('I'));
        assertThat(deleted()).isEqualTo(7);
    }

    @Test
    void a_client_that_leaves_before_the_answer_has_done_it() {
        FakeSession other = FakeSession.of(stage, "alice");
        other.query(DELETE);
        other.session.clientGone();
        assertThat(deleted()).as("nobody had asked how many").isEqualTo(UNKNOWN);
        stage.loop.skipTime(Duration.ofHours(2));
        assertThat(deleted()).isZero();
    }

    @Test
    void a_client_that_leaves_its_transaction_has_done_nothing() {
        FakeSession other = FakeSession.of(stage, "alice");
        other.query("BEGIN").server(complete("BEGIN"), ready('T'));
        other.query(DELETE).server(complete("DELETE 5"), ready('T'));
        assertThat(deleted()).isEqualTo(5);
        other.session.clientGone();
        assertThat(deleted()).isZero();
    }

    @Test
    void sessions_of_one_user_have_one_sum() {
        FakeSession other = FakeSession.of(stage, "alice");
        other.query(DELETE).server(complete("DELETE 5"), ready('I'));
        alice.query(DELETE).server(complete("DELETE 6"), ready('I'));
        assertThat(deleted()).isEqualTo(11);
        stage.loop.skipTime(Duration.ofMinutes(61));
        assertThat(deleted()).isZero();
    }

    @Test
    void a_policy_without_budgets_counts_nothing() {
        stage.policy = () -> Policies.of("version: 1\nrules:\n  - {name: a, when: {user: bob}, then: deny}\n");
        alice.query(DELETE).server(complete("DELETE 5"), ready('I'));
        assertThat(stage.gatekeeper.budgets().book().size()).isZero();
    }
}
