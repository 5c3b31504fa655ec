package io.sallyport.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.session.fakes.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ApprovalsTest {
    private static final Voter ALICE = new Voter("alice", "s2");
    private static final Voter BOB = new Voter("bob", "s3");

    private final ManualLoop time = new ManualLoop();
    private final List<String> votes = new ArrayList<>();
    private boolean recorded = true;
    private final Holds holds = HoldFixture.holds(time.clock(), Duration.ofMinutes(10), new HoldObserver() {
        @Override
        public void opened(Hold hold) {}

        @Override
        public void ended(Hold hold, Resolution resolution) {}
    });
    private final Approvals approvals = new Approvals(holds, (code, voter, vote, counted, detail) -> {
        votes.add(voter.name() + " " + vote + (counted ? " counted" : " refused"));
        return recorded;
    });
    private final Hold hold = holds.open(HoldFixture.REQUEST, null, (h, resolution) -> {});

    @Test
    void a_second_person_approves() throws VoteRefused {
        assertThat(approvals.approve(hold.code(), BOB, Ballot.EMPTY)).isSameAs(hold);
        assertThat(hold.resolution()).isEqualTo(new Resolution.Approved("bob"));
        assertThat(votes).containsExactly("bob approve counted");
    }

    @Test
    void a_second_person_rejects_with_a_reason() throws VoteRefused {
        approvals.reject(hold.code(), BOB, "not tonight");
        assertThat(hold.resolution()).isEqualTo(new Resolution.Rejected("bob", "not tonight"));
    }

    @Test
    void nobody_votes_on_a_hold_of_her_own_from_whatever_session() {
        assertThat(refused(() -> approvals.approve(hold.code(), ALICE, Ballot.EMPTY))
                        .sqlState())
                .isEqualTo("42501");
        assertThat(refused(() -> approvals.reject(hold.code(), ALICE, "oops"))).hasMessageContaining("second person");
        assertThat(hold.resolution()).isNull();
        assertThat(votes).containsExactly("alice approve refused", "alice reject refused");
    }

    @Test
    void a_hold_takes_one_vote() throws VoteRefused {
        approvals.reject(hold.code(), BOB, "no");
        VoteRefused second = refused(() -> approvals.approve(hold.code(), new Voter("carol", "s4"), Ballot.EMPTY));
        assertThat(second.sqlState()).isEqualTo("55000");
        assertThat(second).hasMessage("hold " + hold.code() + " is not waiting any more: rejected");
        assertThat(hold.resolution()).isEqualTo(new Resolution.Rejected("bob", "no"));
        assertThat(votes).containsExactly("bob reject counted", "carol approve refused");
    }

    @Test
    void an_approval_that_comes_too_late_does_not_count() {
        time.skipTime(Duration.ofMinutes(11));
        assertThat(refused(() -> approvals.approve(hold.code(), BOB, Ballot.EMPTY)))
                .hasMessageEndingWith("expired");
        assertThat(hold.resolution()).isEqualTo(new Resolution.Expired());
    }

    @Test
    void a_hold_that_is_not_there_is_named() {
        VoteRefused refused = refused(() -> approvals.approve(HoldCode.parse("K7Q4-F2MD"), BOB, Ballot.EMPTY));
        assertThat(refused.sqlState()).isEqualTo("42704");
        assertThat(refused).hasMessage("there is no hold K7Q4-F2MD");
    }

    @Test
    void a_vote_that_cannot_be_recorded_does_not_count() {
        recorded = false;
        assertThat(refused(() -> approvals.approve(hold.code(), BOB, Ballot.EMPTY))
                        .sqlState())
                .isEqualTo("XX000");
        assertThat(hold.resolution()).isNull();
    }

    private static VoteRefused refused(ThrowingCallable vote) {
        return catchThrowableOfType(VoteRefused.class, vote);
    }
}
