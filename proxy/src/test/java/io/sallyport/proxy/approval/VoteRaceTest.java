package io.sallyport.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.approval.Requirement;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever comes at the same moment: a hold is released at most once, and only by as many people as it takes. */
@Timeout(120)
class VoteRaceTest {
    private static final int ROUNDS = 1_000;
    private static final HoldTerms TWO = new HoldTerms(
            new ApprovalTerms(List.of(new Requirement(List.of(), 2)), false, false, List.of()), List.of(), List.of());

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicInteger released = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final Holds holds = HoldFixture.holds(Clock.systemUTC(), Duration.ofMinutes(10), new HoldObserver() {
        @Override
        public void opened(Hold hold) {}

        @Override
        public void ended(Hold hold, Resolution resolution) {
            ends.incrementAndGet();
        }
    });
    private final Approvals approvals = new Approvals(holds, (code, voter, vote, counted, detail) -> true);

    @AfterEach
    void stops_threads() {
        threads.shutdownNow();
    }

    private Hold hold() {
        return holds.open(HoldFixture.on(TWO), null, (hold, resolution) -> {
            if (resolution.releases()) {
                released.incrementAndGet();
            }
        });
    }

    @Test
    void one_person_in_four_sessions_is_one_vote() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Hold hold = hold();
            assertThat(taken(vote(hold, "bob"), vote(hold, "bob"), vote(hold, "bob"), vote(hold, "bob")))
                    .isEqualTo(1);
            assertThat(hold.progress()).isEqualTo("1 of 2");
            holds.resolve(hold, new Resolution.Expired());
        }
        assertThat(released).hasValue(0);
    }

    @Test
    void of_four_people_two_count_and_it_is_released_once() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Hold hold = hold();
            assertThat(taken(vote(hold, "bob"), vote(hold, "carol"), vote(hold, "dave"), vote(hold, "erin")))
                    .isEqualTo(2);
            assertThat(hold.votes()).hasSize(2);
        }
        assertThat(released).hasValue(ROUNDS);
        assertThat(ends).hasValue(ROUNDS);
    }

    @Test
    void a_last_vote_a_withdrawal_a_rejection_and_a_cancel_end_it_once() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Hold hold = hold();
            approvals.approve(hold.code(), new Voter("bob", "s"), Ballot.EMPTY);
            int before = released.get();
            taken(
                    vote(hold, "carol"),
                    () -> approvals.withdraw(hold.code(), new Voter("bob", "s")),
                    () -> approvals.reject(hold.code(), new Voter("dave", "s"), "no"),
                    () -> {
                        holds.resolve(hold, new Resolution.Withdrawn("cancel"));
                        return hold;
                    });
            Resolution how = hold.resolution();
            assertThat(how).isNotNull();
            boolean ran = released.get() > before;
            assertThat(ran).isEqualTo(how instanceof Resolution.Approved);
            assertThat(hold.votes().size() == 2).isEqualTo(ran);
        }
        assertThat(ends).hasValue(ROUNDS);
    }

    private Callable<Hold> vote(Hold hold, String role) {
        return () -> approvals.approve(hold.code(), new Voter(role, "s"), Ballot.EMPTY);
    }

    /** How many of them were taken. */
    @SafeVarargs
    private int taken(Callable<Hold>... votes) throws Exception {
        CyclicBarrier start = new CyclicBarrier(votes.length);
        List<Future<Boolean>> results = new ArrayList<>();
        for (Callable<Hold> vote : votes) {
            results.add(threads.submit(() -> {
                start.await();
                try {
                    vote.call();
                    return true;
                } catch (VoteRefused refused) {
                    return false;
                }
            }));
        }
        int taken = 0;
        for (Future<Boolean> result : results) {
            taken += result.get() ? 1 : 0;
        }
        return taken;
    }
}
