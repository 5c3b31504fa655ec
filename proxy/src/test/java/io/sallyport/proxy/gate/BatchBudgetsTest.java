package io.sallyport.proxy.gate;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.rule.Impact;
import io.sallyport.policies.rule.RowAction;
import io.sallyport.policies.rule.Subject;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReader;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Batches;
import io.sallyport.proxy.batch.PreparedStatements;
import io.sallyport.proxy.batch.ReadingContext;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.budget.Entry;
import io.sallyport.proxy.budget.Tab;
import io.sallyport.proxy.session.fakes.Policies;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A batch is compared as a whole with what is left of a budget. */
class BatchBudgetsTest {
    private static final Subject ALICE = new Subject("alice", "shop", "psql", "10.0.0.1");

    private static final Policy POLICY = Policies.of("""
            version: 1
            rules:
              - name: little by little
                when: {kind: delete, budget: {rows: "> 1000", within: 1h}}
                then: hold
            """);

    private final AnalysisCache cache = new AnalysisCache(1 << 24);
    private final BatchReader reader = new BatchReader(cache, new PreparedStatements(10));
    private final Gatekeeper gatekeeper =
            new Gatekeeper(() -> POLICY, (statement, verdict, subject, observed) -> {}, Clock.systemUTC(), false);

    private BatchReading read(Batch batch) {
        BatchReading reading = reader.read(batch, new ReadingContext(LexerSettings.DEFAULT, true, true, true));
        reading.incomplete().forEach(text -> text.complete(cache));
        return reading;
    }

    /** Where the server expects each statement to change so many rows. */
    private Ruling judge(Batch batch, long each) {
        BatchReading reading = read(batch);
        IdentityHashMap<StatementFacts, Impact> told = new IdentityHashMap<>();
        reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .map(SqlText::statements)
                .forEach(statements -> statements.forEach(statement -> told.put(statement, new Impact(each, 20_000L))));
        batch.impacts(told);
        return gatekeeper.judge(batch, reading, ALICE, false);
    }

    private static String sum(Ruling ruling) {
        assertThat(ruling).isInstanceOf(Ruling.Hold.class);
        return String.join("\n", ((Ruling.Hold) ruling).work().sums());
    }

    private void done(long rows) {
        Tab tab = gatekeeper.budgets().book().tab();
        tab.did(new Entry(new TableName(null, "users"), RowAction.DELETED), rows, POLICY.budgets(), ALICE);
        tab.committed(POLICY.budgets(), ALICE);
    }

    @Test
    void nothing_is_ruled_before_the_server_was_asked() {
        Batch batch = Batches.of(query("DELETE FROM users WHERE id = 1"));
        assertThat(gatekeeper.judge(batch, read(batch), ALICE, false)).isEqualTo(new Ruling.ImpactUnknown(true));
    }

    @Test
    void statements_of_a_batch_count_together() {
        String two = "DELETE FROM users WHERE id = 1; DELETE FROM public.users WHERE id = 2";
        assertThat(judge(Batches.of(query(two)), 500)).isInstanceOf(Ruling.Allow.class);
        assertThat(sum(judge(Batches.of(query(two + "; DELETE FROM users WHERE id = 3")), 500)))
                .isEqualTo("alice deleted 0 rows of users in the last 1h; with this about 1,500\n"
                        + "alice deleted 0 rows of public.users in the last 1h; with this about 1,500");
    }

    @Test
    void what_was_done_counts_with_what_is_meant() {
        done(998);
        assertThat(judge(Batches.of(query("DELETE FROM users WHERE id = 1")), 2))
                .isInstanceOf(Ruling.Allow.class);
        assertThat(sum(judge(Batches.of(query("DELETE FROM users WHERE id = 1")), 3)))
                .isEqualTo("alice deleted 998 rows of users in the last 1h; with this about 1,001");
        assertThat(judge(Batches.of(query("DELETE FROM orders WHERE id = 1")), 3))
                .isInstanceOf(Ruling.Allow.class);
    }

    @Test
    void a_statement_that_is_bound_several_times_counts_each_time() {
        Batch batch = Batches.cut(
                parse("", "DELETE FROM users WHERE id = $1"),
                bind("", "", "1"),
                execute("", 0),
                bind("", "", "2"),
                execute("", 0),
                bind("", "", "3"),
                execute("", 0),
                sync());
        assertThat(sum(judge(batch, 400))).endsWith("with this about 1,200");
    }

    @Test
    void writes_inside_one_statement_are_in_its_estimate_once() {
        String both = "WITH a AS (DELETE FROM users WHERE id = 1 RETURNING 1) DELETE FROM users WHERE id = 2";
        done(995);
        assertThat(judge(Batches.of(query(both)), 5)).isInstanceOf(Ruling.Allow.class);
        assertThat(sum(judge(Batches.of(query(both)), 6))).endsWith("with this about 1,001");
    }

    @Test
    @Timeout(20)
    void more_writes_than_can_be_added_up_are_over_every_budget_and_soon_told() {
        String script = IntStream.range(0, 20_000)
                .mapToObj(i -> "DELETE FROM t" + i + " WHERE id = 1")
                .collect(Collectors.joining(";"));
        assertThat(sum(judge(Batches.of(query(script)), 0))).isEqualTo("it has too many writes to be added up");
    }
}
