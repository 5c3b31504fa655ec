package io.sallyport.proxy.store.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.approval.ApproverGroup;
import io.sallyport.policies.approval.Identity;
import io.sallyport.policies.approval.Requirement;
import io.sallyport.proxy.config.ControlSettings;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.HoldState;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.StoredHold;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.store.ControlDatabase;
import io.sallyport.proxy.store.StoreUnavailable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One replica's view of holds, over H2; what PostgreSQL does differently is tested with two proxies. */
class SqlHoldStoreTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Vote BOB = vote("bob");

    private final ControlDatabase database;
    private final SqlHoldStore store;
    private final List<String> observed = new ArrayList<>();
    private final Holds holds;

    SqlHoldStoreTest() throws IOException {
        database = ControlDatabase.open(ControlSettings.IN_MEMORY, CLOCK);
        store = new SqlHoldStore(database, CLOCK, "here");
        holds = new Holds(CLOCK, Duration.ofMinutes(10), observer(), store);
    }

    private HoldObserver observer() {
        return new HoldObserver() {
            @Override
            public void opened(Hold hold) {}

            @Override
            public void ended(Hold hold, Resolution resolution) {
                observed.add(resolution.label());
            }

            @Override
            public void orphaned(Hold hold, Resolution resolution) {
                observed.add("orphaned " + hold.code() + " " + resolution.label());
            }
        };
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Vote vote(String role) {
        return new Vote(
                new Identity(role, null), role, "s9", "fine", Set.of(0), Instant.parse("2026-01-02T03:04:05.678Z"));
    }

    private Hold open(HoldRequest request) {
        return holds.open(request, null, (hold, how) -> {});
    }

    private StoredHold row(Hold hold) throws StoreUnavailable {
        return store.find(hold.code()).orElseThrow();
    }

    @Test
    void everything_of_a_hold_comes_back_as_it_was() throws StoreUnavailable {
        ApproverGroup group = new ApproverGroup("dba", List.of("dba_team"), List.of("carol"));
        HoldTerms terms = new HoldTerms(
                new ApprovalTerms(List.of(new Requirement(List.of(group), 2)), true, true, List.of(group)),
                List.of("Über \"x\""),
                List.of("'<name>'"));
        Hold hold = open(HoldFixture.on(terms));
        store.writes().flush();
        StoredHold stored = row(hold);
        assertThat(stored.request()).isEqualTo(hold.request());
        assertThat(stored.openedAt()).isEqualTo(hold.openedAt());
        assertThat(stored.expiresAt()).isEqualTo(hold.expiresAt());
        assertThat(stored.state()).isEqualTo(HoldState.OPEN);
        HoldState voted = new HoldState(2, List.of(BOB), null);
        assertThat(store.replace(hold, HoldState.OPEN, voted)).isTrue();
        assertThat(store.state(hold)).isEqualTo(voted);
    }

    @Test
    void of_two_who_saw_the_same_version_one_is_told_to_look_again() throws StoreUnavailable {
        Hold hold = open(HoldFixture.REQUEST);
        HoldState seen = store.state(hold);
        assertThat(store.replace(hold, seen, new HoldState(2, List.of(BOB), null)))
                .isTrue();
        assertThat(store.replace(hold, seen, new HoldState(2, List.of(vote("carol")), null)))
                .isFalse();
        assertThat(store.state(hold).votes()).containsExactly(BOB);
    }

    @Test
    void what_has_ended_takes_no_vote_and_keeps_no_parameter() throws StoreUnavailable {
        Hold hold = open(HoldFixture.of("DELETE FROM users WHERE id = $1", List.of("$1 = 'secret'"), List.of()));
        store.writes().flush();
        holds.resolve(hold, new Resolution.Withdrawn("gone"));
        store.writes().flush();
        assertThat(row(hold).state().resolution()).isEqualTo(new Resolution.Withdrawn("gone"));
        assertThat(row(hold).request().parameters()).isEmpty();
        assertThat(store.replace(hold, HoldState.OPEN, new HoldState(2, List.of(BOB), null)))
                .isFalse();
    }

    @Test
    void end_and_outcome_are_written_even_where_the_hold_never_was() throws StoreUnavailable {
        Hold hold = open(HoldFixture.REQUEST);
        holds.resolve(hold, new Resolution.Approved("bob"));
        holds.finished(hold, new Outcome(List.of("DELETE 12"), null));
        store.writes().flush();
        assertThat(row(hold).outcome()).isEqualTo(new Outcome(List.of("DELETE 12"), null));
        assertThat(store.writes().size()).isZero();
    }

    @Test
    void the_history_is_searched_for_words_as_they_are_written() throws StoreUnavailable {
        holds.resolve(open(HoldFixture.of("DELETE FROM t -- 100%", List.of(), List.of())), new Resolution.Expired());
        holds.resolve(open(HoldFixture.of("DELETE FROM t -- 100x", List.of(), List.of())), new Resolution.Expired());
        open(HoldFixture.REQUEST);
        store.writes().flush();
        assertThat(store.history("", 10)).hasSize(2);
        assertThat(store.history("100%", 10)).hasSize(1);
        assertThat(store.history("expired", 1)).hasSize(1);
        assertThat(store.history("nothing of it", 10)).isEmpty();
    }

    /** Two replicas drew one code. */
    @Test
    void a_vote_never_counts_for_another_hold_of_the_same_code() throws StoreUnavailable {
        Hold hold = open(HoldFixture.REQUEST);
        store.writes().flush();
        database.call(handle ->
                handle.execute("UPDATE hold SET replica = 'other', opened_at = opened_at - INTERVAL '1' SECOND"));
        assertThatThrownBy(() -> store.state(hold)).isInstanceOf(StoreUnavailable.class);
        assertThat(store.replace(hold, HoldState.OPEN, new HoldState(2, List.of(BOB), null)))
                .isFalse();
        assertThat(store.claim(hold)).isFalse();
    }

    @Test
    void a_release_is_claimed_once_it_is_one_and_then_no_orphan() throws StoreUnavailable {
        Hold hold = open(HoldFixture.REQUEST);
        store.writes().flush();
        assertThat(store.claim(hold)).isFalse();
        database.call(handle -> handle.execute("UPDATE hold SET state = 'approved', version = 2"));
        assertThat(store.claim(hold)).isTrue();
        assertThat(store.claim(hold)).isTrue();
        Instant now = CLOCK.instant();
        List<StoredHold> withdrawn = database.call(handle -> Orphans.withdraw(handle, now));
        assertThat(withdrawn).isEmpty();
        List<StoredHold> lost = database.call(handle -> Orphans.lose(handle, now));
        assertThat(lost).hasSize(1);
        assertThat(row(hold).outcome()).isEqualTo(new Outcome(List.of(), "08007"));
        List<StoredHold> again = database.call(handle -> Orphans.lose(handle, now));
        assertThat(again).isEmpty();
    }

    @Test
    void an_approval_that_its_replica_has_not_taken_over_dies_with_it() throws StoreUnavailable {
        Hold hold = open(HoldFixture.REQUEST);
        store.writes().flush();
        database.call(handle -> handle.execute("UPDATE hold SET state = 'approved', version = 2"));
        List<StoredHold> withdrawn = database.call(handle -> Orphans.withdraw(handle, CLOCK.instant()));
        assertThat(withdrawn).hasSize(1);
        assertThat(store.claim(hold)).isFalse();
        holds.learn(hold, row(hold).state());
        assertThat(hold.resolution()).isEqualTo(Orphans.GONE);
        assertThat(observed).containsExactly("withdrawn");
    }

    /** What a newer replica wrote may be a condition that this one does not know. */
    @Test
    void terms_with_something_unknown_are_not_read() throws StoreUnavailable {
        Hold hold = open(HoldFixture.REQUEST);
        store.writes().flush();
        database.call(handle -> handle.execute(
                "UPDATE hold SET request = REPLACE(request, '\"reason\":', '\"fourEyes\":true,\"reason\":')"));
        assertThatThrownBy(() -> store.find(hold.code()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("fourEyes");
    }
}
