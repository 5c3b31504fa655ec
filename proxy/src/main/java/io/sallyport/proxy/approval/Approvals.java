package io.sallyport.proxy.approval;

import io.sallyport.policies.approval.People;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.hold.Votes;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Counts votes. Whatever channel a vote comes through, this is where it is decided that the voter is not the requester,
 * and is one of those whose vote counts. Every vote blocks: it counts once the control database has it.
 */
public final class Approvals {
    /** What is asked of the control database. */
    private interface Stored<T> {
        T get() throws StoreUnavailable;
    }

    private final Holds holds;
    private final Votes votes;
    private final VoteObserver observer;
    private final Supplier<People> people;
    private final OidcSettings.Unmapped unmapped;
    private final Clock clock;

    /** Every login role is a person of its own. */
    public Approvals(Holds holds, VoteObserver observer) {
        this(holds, observer, () -> People.NOBODY, OidcSettings.Unmapped.REFUSE, Clock.systemUTC());
    }

    /**
     * @param people asked anew for every vote
     * @param unmapped what becomes of approvals by subjects of an issuer that these people do not know
     */
    public Approvals(
            Holds holds, VoteObserver observer, Supplier<People> people, OidcSettings.Unmapped unmapped, Clock clock) {
        this.unmapped = unmapped;
        this.holds = holds;
        this.votes = new Votes(holds);
        this.observer = observer;
        this.people = people;
        this.clock = clock;
    }

    /** Counts an approval; with the last one that is needed the held batch runs. */
    public Hold approve(HoldCode code, Voter voter, Ballot ballot) throws VoteRefused {
        Hold hold = find(code);
        Eligibility eligibility = eligibility(hold, voter);
        Refusal refusal = eligibility.toApprove(ballot.typed());
        if (refusal != null) {
            throw refused(hold, voter, "approve", refusal);
        }
        record(hold, voter, "approve", ballot.reason());
        Set<Integer> counts = eligibility.counts();
        Vote vote = new Vote(voter.identity(), voter.name(), voter.session(), ballot.reason(), counts, clock.instant());
        return switch (stored(hold, voter, "approve", () -> votes.add(hold, vote, eligibility::isMine))) {
            case COUNTED, RELEASED -> hold;
            case TWICE -> throw refused(hold, voter, "approve", eligibility.twice());
            case OVER -> throw refused(hold, voter, "approve", eligibility.over());
        };
    }

    /** Refuses the held batch; the requester reads the reason. */
    public Hold reject(HoldCode code, Voter voter, String reason) throws VoteRefused {
        Hold hold = find(code);
        Eligibility eligibility = eligibility(hold, voter);
        Refusal refusal = eligibility.toReject();
        if (refusal != null) {
            throw refused(hold, voter, "reject", refusal);
        }
        record(hold, voter, "reject", "");
        Resolution rejected = new Resolution.Rejected(voter.name(), reason);
        if (!stored(hold, voter, "reject", () -> votes.end(hold, rejected))) {
            throw refused(hold, voter, "reject", eligibility.over());
        }
        return hold;
    }

    /** Takes the voter's own approval back, while the hold waits. */
    public Hold withdraw(HoldCode code, Voter voter) throws VoteRefused {
        Hold hold = find(code);
        Eligibility eligibility = eligibility(hold, voter);
        Refusal refusal = eligibility.toWithdraw();
        if (refusal != null) {
            throw refused(hold, voter, "withdraw", refusal);
        }
        record(hold, voter, "withdraw", "");
        if (!stored(hold, voter, "withdraw", () -> votes.withdraw(hold, eligibility::isMine))) {
            throw refused(hold, voter, "withdraw", eligibility.over());
        }
        return hold;
    }

    /** The requester releases the hold alone, where its rule lets them. */
    public Hold breakGlass(HoldCode code, Voter voter, String reason) throws VoteRefused {
        Hold hold = find(code);
        Eligibility eligibility = eligibility(hold, voter);
        Refusal refusal = eligibility.toBreakGlass(reason);
        if (refusal != null) {
            throw refused(hold, voter, "break_glass", refusal);
        }
        if (!observer.breaksGlass(hold, voter, reason)) {
            throw unrecorded();
        }
        Resolution broken = new Resolution.BrokenGlass(voter.name(), reason);
        if (!stored(hold, voter, "break_glass", () -> votes.end(hold, broken))) {
            throw refused(hold, voter, "break_glass", eligibility.over());
        }
        return hold;
    }

    /** Whether the voter, being the requester, may release it alone now. */
    public boolean mayBreakGlass(Hold hold, Voter voter) {
        return eligibility(hold, voter).toBreakGlass("asked") == null;
    }

    /** Whether the server should say what the voter is a member of, before such a vote is cast. */
    public boolean asksRoles(HoldCode code, String role) {
        return holds.find(code)
                .filter(hold -> hold.resolution() == null)
                .map(hold -> hold.request().terms().approval())
                .filter(terms -> terms.requirements().stream().anyMatch(requirement -> requirement.asksRoles(role))
                        || terms.breakGlass().stream().anyMatch(group -> group.asksRoles(role)))
                .isPresent();
    }

    private Eligibility eligibility(Hold hold, Voter voter) {
        return new Eligibility(Asked.of(hold), voter, people.get(), unmapped);
    }

    private Hold find(HoldCode code) throws VoteRefused {
        try {
            Optional<Hold> known = holds.find(code);
            return (known.isPresent() ? known : holds.read(code))
                    .orElseThrow(() -> new VoteRefused(SqlState.UNDEFINED_OBJECT, "there is no hold " + code));
        } catch (StoreUnavailable away) {
            throw new VoteRefused(SqlState.SYSTEM_ERROR, String.valueOf(away.getMessage()));
        }
    }

    private <T> T stored(Hold hold, Voter voter, String vote, Stored<T> what) throws VoteRefused {
        try {
            return what.get();
        } catch (StoreUnavailable away) {
            throw refused(
                    hold,
                    voter,
                    vote,
                    new Refusal(
                            SqlState.SYSTEM_ERROR,
                            away.getMessage() + "; look at the hold before you vote again: it is not known to count"));
        }
    }

    private void record(Hold hold, Voter voter, String vote, String detail) throws VoteRefused {
        if (!observer.voted(hold.code(), voter, vote, true, detail)) {
            throw unrecorded();
        }
    }

    private static VoteRefused unrecorded() {
        return new VoteRefused(
                SqlState.INTERNAL_ERROR, "the vote could not be recorded in the audit and does not count");
    }

    private VoteRefused refused(Hold hold, Voter voter, String vote, Refusal refusal) {
        observer.voted(hold.code(), voter, vote, false, refusal.why());
        return new VoteRefused(refusal.sqlState(), refusal.why());
    }
}
