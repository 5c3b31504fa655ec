package io.sallyport.proxy.budget;

import static io.sallyport.policies.rule.BudgetSource.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.rule.Attribute;
import io.sallyport.policies.rule.BudgetNeeds;
import io.sallyport.policies.rule.BudgetNeeds.Span;
import io.sallyport.policies.rule.RowAction;
import io.sallyport.policies.rule.Subject;
import io.sallyport.proxy.session.fakes.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetBookTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final BudgetNeeds NEEDS = new BudgetNeeds(
            Set.of(new Span(Attribute.USER, HOUR), new Span(Attribute.USER, TEN_MINUTES)), Set.of(RowAction.DELETED));
    private static final Subject ALICE = new Subject("alice", "shop", "psql", "10.0.0.1");
    private static final Subject BOB = new Subject("bob", "shop", "psql", "10.0.0.1");

    private final ManualLoop loop = new ManualLoop();
    private final List<Account> full = new ArrayList<>();
    private final BudgetBook book = new BudgetBook(loop.clock(), full::add);

    private static Entry deleted(String table) {
        return new Entry(new TableName(null, table), RowAction.DELETED);
    }

    private void spend(Subject who, String table, long rows) {
        Tab tab = book.tab();
        tab.did(deleted(table), rows, NEEDS, who);
        tab.committed(NEEDS, who);
    }

    private long sum(Subject who, Duration within, String table) {
        return book.sum(Account.of(Attribute.USER, who), within, deleted(table)::equals);
    }

    private long users() {
        return sum(ALICE, HOUR, "users");
    }

    @Test
    void what_was_done_counts_for_the_whole_time_and_a_sixtieth_of_it_longer_at_most() {
        spend(ALICE, "users", 5);
        loop.skipTime(Duration.ofMinutes(30));
        spend(ALICE, "users", 7);
        assertThat(users()).isEqualTo(12);
        assertThat(sum(ALICE, TEN_MINUTES, "users")).isEqualTo(7);
        loop.skipTime(Duration.ofMinutes(30));
        assertThat(users()).isEqualTo(12);
        loop.skipTime(Duration.ofMinutes(1));
        assertThat(users()).isEqualTo(7);
        loop.skipTime(Duration.ofHours(20));
        assertThat(users()).isZero();
    }

    @Test
    void a_clock_that_is_put_back_makes_nobody_forget() {
        spend(ALICE, "users", 5);
        loop.skipClock(Duration.ofHours(-3));
        assertThat(users()).isEqualTo(5);
        spend(ALICE, "users", 5);
        assertThat(users()).isEqualTo(10);
    }

    @Test
    void users_databases_and_tables_are_apart() {
        spend(ALICE, "users", 5);
        spend(BOB, "users", 6);
        spend(ALICE, "orders", 7);
        spend(new Subject("alice", "test", "psql", "10.0.0.1"), "users", 8);
        assertThat(users()).isEqualTo(5);
        assertThat(sum(BOB, HOUR, "users")).isEqualTo(6);
        assertThat(sum(ALICE, HOUR, "orders")).isEqualTo(7);
    }

    @Test
    void what_no_rule_asks_for_is_not_kept() {
        Tab tab = book.tab();
        tab.did(new Entry(new TableName(null, "users"), RowAction.INSERTED), 5, NEEDS, ALICE);
        assertThat(tab.isEmpty()).isTrue();
        assertThat(book.size()).isZero();
    }

    @Test
    void open_transactions_of_all_sessions_count_until_they_are_rolled_back() {
        Tab one = book.tab();
        Tab other = book.tab();
        one.did(deleted("users"), 900, NEEDS, ALICE);
        other.means(deleted("users"), 90, NEEDS, ALICE);
        assertThat(users()).isEqualTo(990);
        one.rolledBack();
        assertThat(users()).isEqualTo(90);
        other.answered();
        assertThat(users()).isZero();
    }

    @Test
    void what_nobody_heard_of_counts() {
        Tab tab = book.tab();
        tab.means(deleted("users"), 90, NEEDS, ALICE);
        tab.lost(NEEDS, ALICE);
        assertThat(users()).isEqualTo(90);
        tab.means(deleted("orders"), UNKNOWN, NEEDS, ALICE);
        assertThat(sum(ALICE, HOUR, "orders")).as("as long as it runs").isZero();
        tab.lost(NEEDS, ALICE);
        assertThat(sum(ALICE, HOUR, "orders")).isEqualTo(UNKNOWN);
        assertThat(users()).isEqualTo(90);
    }

    @Test
    void what_is_unknown_is_so_until_its_time_is_over() {
        spend(ALICE, "users", UNKNOWN);
        spend(ALICE, "users", 5);
        assertThat(users()).isEqualTo(UNKNOWN);
        loop.skipTime(Duration.ofMinutes(61));
        assertThat(users()).isZero();
    }

    @Test
    void measured_numbers_stand_instead_of_the_tags_but_for_what_was_emptied() {
        Tab tab = book.tab();
        tab.did(deleted("users"), 5, NEEDS, ALICE);
        tab.emptied(deleted("users"), 40, NEEDS, ALICE);
        tab.measured(entry -> true);
        tab.did(deleted("users"), 7, NEEDS, ALICE);
        tab.committed(NEEDS, ALICE);
        assertThat(users()).isEqualTo(47);
    }

    @Test
    void what_was_measured_as_nothing_is_nothing() {
        Tab tab = book.tab();
        tab.did(deleted("temporary"), 5, NEEDS, ALICE);
        tab.measured(entry -> true);
        assertThat(tab.isEmpty()).isTrue();
        assertThat(sum(ALICE, HOUR, "temporary")).isZero();
        tab.did(deleted("temporary"), 6, NEEDS, ALICE);
        assertThat(sum(ALICE, HOUR, "temporary")).as("it counts again").isEqualTo(6);
    }

    @Test
    void many_tables_of_one_user_make_his_sums_unknown_and_nobody_elses() {
        IntStream.range(0, 2 * AccountSums.MOST).forEach(i -> spend(ALICE, "t" + i, 1));
        assertThat(users()).isEqualTo(UNKNOWN);
        assertThat(full).hasSize(1);
        spend(BOB, "users", 6);
        assertThat(sum(BOB, HOUR, "users")).isEqualTo(6);
        assertThat(book.size()).isLessThanOrEqualTo(BudgetBook.MOST_SUMS);
        loop.skipTime(Duration.ofHours(2));
        spend(ALICE, "users", 3);
        assertThat(users()).as("old sums made room").isEqualTo(3);
    }

    @Test
    void many_tables_in_one_transaction_make_it_unknown() {
        Tab tab = book.tab();
        IntStream.range(0, 1_001).forEach(i -> tab.did(deleted("t" + i), 1, NEEDS, ALICE));
        assertThat(users()).isEqualTo(UNKNOWN);
        tab.rolledBack();
        assertThat(users()).isZero();
    }

    @Test
    void too_many_users_are_unknown_until_there_is_room() {
        IntStream.range(0, BudgetBook.MOST_ACCOUNTS).forEach(i -> spend(user(i), "users", 1));
        spend(ALICE, "users", 5);
        assertThat(users()).isEqualTo(UNKNOWN);
        assertThat(sum(user(0), HOUR, "users")).isEqualTo(1);
        loop.skipTime(Duration.ofHours(25));
        spend(ALICE, "users", 5);
        assertThat(users()).isEqualTo(5);
        assertThat(book.size()).isEqualTo(2);
    }

    private static Subject user(int number) {
        return new Subject("u" + number, "shop", "psql", "10.0.0.1");
    }

    @Test
    void sessions_on_many_threads_lose_nothing() throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> sessions = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        begin.await();
                    } catch (InterruptedException ended) {
                        return;
                    }
                    IntStream.range(0, 1_000).forEach(n -> spend(ALICE, "users", 1));
                }))
                .toList();
        sessions.forEach(Thread::start);
        begin.countDown();
        for (Thread session : sessions) {
            session.join();
        }
        assertThat(users()).isEqualTo(8_000);
    }
}
