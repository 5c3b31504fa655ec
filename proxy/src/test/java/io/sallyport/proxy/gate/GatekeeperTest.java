package io.sallyport.proxy.gate;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.join;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.rule.Subject;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReader;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Batches;
import io.sallyport.proxy.batch.PreparedStatements;
import io.sallyport.proxy.batch.ReadingContext;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.session.fakes.Policies;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GatekeeperTest {
    private static final Subject ALICE = new Subject("alice", "shop", "psql", "10.0.0.1");

    private final List<String> heard = new ArrayList<>();
    private final AnalysisCache cache = new AnalysisCache(1 << 16);
    private final BatchReader reader = new BatchReader(cache, new PreparedStatements(10));
    private Supplier<Policy> policy = () -> Policies.TESTED;
    private final Gatekeeper gatekeeper = new Gatekeeper(
            () -> policy.get(),
            (statement, verdict, subject, observed) -> heard.add(
                    statement.kind().label() + " " + verdict.decision().label()),
            Clock.systemUTC(),
            false);

    @Test
    void what_no_rule_stops_is_allowed_whole() {
        Batch batch = Batches.cut(run("SELECT 1"), sync());
        assertThat(judge(batch))
                .isInstanceOfSatisfying(
                        Ruling.Allow.class,
                        allow -> assertThat(allow.permit().redeem(batch)).hasSize(4));
        assertThat(heard).containsExactly("select allow");
    }

    @Test
    void the_strictest_decision_of_a_batch_is_the_batchs() {
        for (String sql : List.of("DELETE FROM a; DROP TABLE b", "DROP TABLE b; SELECT 1; DELETE FROM a")) {
            assertThat(deny(judge(Batches.of(query(sql)))).denial().rule()).isEqualTo("drops denied");
        }
        assertThat(judge(Batches.of(query("SELECT 1; DELETE FROM a; SELECT 2"))))
                .isInstanceOf(Ruling.Hold.class);
    }

    @Test
    void of_a_pipeline_the_strictest_decides_and_the_first_stopped_is_replaced() {
        Batch batch = Batches.cut(run("SELECT 1"), run("DELETE FROM a"), run("DROP TABLE b"), sync());
        Ruling.Deny deny = deny(judge(batch));
        assertThat(deny.denial().rule()).isEqualTo("drops denied");
        assertThat(deny.index()).as("the Parse of the DELETE").isEqualTo(3);
        assertThat(deny.prefix().redeem(batch)).hasSize(3);
    }

    @Test
    void a_write_inside_a_statement_counts_like_the_statement() {
        assertThat(judge(Batches.of(query("WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone"))))
                .isInstanceOf(Ruling.Hold.class);
        assertThat(judge(Batches.of(query("EXPLAIN ANALYZE DELETE FROM a")))).isInstanceOf(Ruling.Hold.class);
        assertThat(judge(Batches.of(query("PREPARE p AS DELETE FROM a")))).isInstanceOf(Ruling.Hold.class);
    }

    @Test
    void a_problem_of_the_protocol_comes_before_any_hold() {
        Batch batch = Batches.cut(run("DELETE FROM a"), bind("", "nobody"), sync());
        Ruling.Deny deny = deny(judge(batch));
        assertThat(deny.denial().sqlState()).isEqualTo("26000");
        assertThat(deny.index()).as("nothing of the held statement goes").isZero();
    }

    @Test
    void in_a_failed_transaction_nothing_is_held() {
        assertThat(deny(judge(Batches.of(query("DELETE FROM a")), true))
                        .denial()
                        .sqlState())
                .isEqualTo("25P02");
        assertThat(judge(Batches.of(query("SELECT 1")), true)).isInstanceOf(Ruling.Allow.class);
    }

    @Test
    void what_may_leave_a_failed_transaction_is_judged_as_ever() {
        for (String leaving : List.of("ROLLBACK", "COMMIT", "ROLLBACK TO SAVEPOINT s", "ABORT", "END")) {
            assertThat(judge(Batches.of(query(leaving + "; DELETE FROM a")), true))
                    .isInstanceOf(Ruling.Hold.class);
        }
        assertThat(judge(Batches.of(query("this is (no SQL")), true)).isInstanceOf(Ruling.Hold.class);
    }

    @Test
    void what_was_not_read_in_full_is_not_ruled_on() {
        Batch batch =
                Batches.cut(run("DROP TABLE b"), run("UPDATE a SET x = 1 WHERE x IS NULL OR x IS NOT NULL"), sync());
        Ruling ruling = gatekeeper.judge(batch, read(batch), ALICE, false);
        assertThat(ruling).isInstanceOfSatisfying(Ruling.Incomplete.class, incomplete -> {
            assertThat(incomplete.texts()).hasSize(1);
            incomplete.texts().forEach(text -> text.complete(cache));
        });
        assertThat(heard).as("counted once, when ruled on").isEmpty();
        assertThat(deny(judge(batch)).index()).isZero();
        assertThat(heard).containsExactly("drop_table deny", "update hold");
    }

    @Test
    void a_fault_anywhere_is_a_refusal_of_the_whole_batch() {
        policy = () -> {
            throw new IllegalStateException("boom");
        };
        Batch batch = Batches.cut(run("SELECT 1"), sync());
        Ruling.Deny deny = deny(judge(batch));
        assertThat(deny.denial().sqlState()).isEqualTo("XX000");
        assertThat(deny.prefix().redeem(batch)).isEmpty();
        assertThat(deny.denial().toErrorResponse().message()).doesNotContain("boom");
    }

    @Test
    void a_listener_that_fails_is_a_refusal_too() {
        Gatekeeper deaf = new Gatekeeper(
                () -> Policies.TESTED,
                (statement, verdict, subject, observed) -> {
                    throw new IllegalStateException("full");
                },
                Clock.systemUTC(),
                false);
        Batch batch = Batches.of(query("SELECT 1"));
        assertThat(deny(deaf.judge(batch, read(batch), ALICE, false)).denial().rule())
                .isEqualTo("fault");
    }

    @Test
    void the_policy_is_asked_anew_for_every_batch() {
        assertThat(judge(Batches.of(query("SELECT 1")))).isInstanceOf(Ruling.Allow.class);
        policy = () ->
                Policies.of("version: 1\ndefault: deny\nrules:\n  - {name: merges, when: {kind: merge}, then: deny}\n");
        assertThat(judge(Batches.of(query("SELECT 1")))).isInstanceOf(Ruling.Deny.class);
    }

    @Test
    void only_an_approval_releases_a_held_batch() {
        Batch batch = Batches.of(query("DELETE FROM a"));
        assertThat(gatekeeper.release(batch, new Resolution.Approved("bob")).redeem(batch))
                .hasSize(1);
        for (Resolution other : List.of(
                new Resolution.Rejected("bob", "no"),
                new Resolution.Expired(),
                new Resolution.Withdrawn("gone"),
                new Resolution.ServerLost(),
                new Resolution.Shutdown())) {
            assertThatThrownBy(() -> gatekeeper.release(batch, other)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void an_approver_sees_every_text_and_value() {
        Batch batch = Batches.cut(
                join(parse("", "SELECT $1"), bind("", "", "it's"), execute("", 0)),
                join(parse("", "DELETE FROM a WHERE x = $1"), bind("", "", "7"), execute("", 0)),
                sync());
        assertThat(judge(batch)).isInstanceOfSatisfying(Ruling.Hold.class, hold -> {
            assertThat(hold.work().texts()).isEqualTo("SELECT $1;\nDELETE FROM a WHERE x = $1");
            assertThat(hold.work().parameters()).containsExactly("$1 = 'it''s'", "$1 = '7'");
            assertThat(hold.work().summaries()).containsExactly("DELETE on a");
            assertThat(hold.work().kinds()).containsExactly("select", "delete");
        });
    }

    @Test
    void an_approver_is_told_where_two_readings_differ() {
        assertThat(judge(Batches.of(query("UPDATE ignore t SET x = 1"))))
                .isInstanceOfSatisfying(
                        Ruling.Hold.class,
                        hold -> assertThat(hold.work().summaries())
                                .containsExactly("UPDATE on ignore, t, without WHERE; read in two ways: "
                                        + "the parser reads table t, the tokens ignore"));
    }

    private static byte[] run(String sql) {
        return join(parse("", sql), bind("", ""), execute("", 0));
    }

    private Ruling judge(Batch batch) {
        return judge(batch, false);
    }

    private Ruling judge(Batch batch, boolean failedTransaction) {
        BatchReading reading = read(batch);
        reading.incomplete().forEach(text -> text.complete(cache));
        return gatekeeper.judge(batch, reading, ALICE, failedTransaction);
    }

    @Test
    void statements_are_counted_as_the_client_sent_them() {
        policy = () -> Policies.of("""
                version: 1
                rules:
                  - name: three in one
                    when: {statements: ">= 3"}
                    then: deny
                """);
        // In doubt it is two statements, or one that does not end: two at most.
        Batch doubtful = Batches.of(query("SELECT 'a\\'; SELECT 'b'"));
        BatchReading reading =
                reader.read(doubtful, new ReadingContext(new LexerSettings(true, true), false, false, true));
        assertThat(gatekeeper.judge(doubtful, reading, ALICE, false)).isInstanceOf(Ruling.Allow.class);
        assertThat(judge(Batches.of(query("SELECT 1; SELECT 2")))).isInstanceOf(Ruling.Allow.class);
        assertThat(deny(judge(Batches.of(query("SELECT 1; SELECT 2; SELECT 3"))))
                        .denial()
                        .rule())
                .isEqualTo("three in one");
        Batch pipeline = Batches.of(parse("", "SELECT 1"), bind("", ""), bind("", ""), bind("", ""), sync());
        assertThat(deny(judge(pipeline)).denial().rule()).isEqualTo("three in one");
    }

    private BatchReading read(Batch batch) {
        return reader.read(batch, Batches.SETTLED);
    }

    private static Ruling.Deny deny(Ruling ruling) {
        assertThat(ruling).isInstanceOf(Ruling.Deny.class);
        return (Ruling.Deny) ruling;
    }
}
