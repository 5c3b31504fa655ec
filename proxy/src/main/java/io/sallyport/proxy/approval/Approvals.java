package io.sallyport.proxy.approval;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;

/**
 * Counts votes. Whatever channel a vote comes through, this is where it is decided that the voter is not the
 * requester.
 */
public final class Approvals {
    private final Holds holds;
    private final VoteObserver observer;

    public Approvals(Holds holds, VoteObserver observer) {
        this.holds = holds;
        this.observer = observer;
    }

    /** Lets the held batch run. */
    public Hold approve(HoldCode code, Voter voter, Ballot ballot) throws VoteRefused {
        return vote(code, voter, "approve", new Resolution.Approved(voter.role()));
    }

    /** Refuses the held batch; the requester reads the reason. */
    public Hold reject(HoldCode code, Voter voter, String reason) throws VoteRefused {
        return vote(code, voter, "reject", new Resolution.Rejected(voter.role(), reason));
    }

    private Hold vote(HoldCode code, Voter voter, String vote, Resolution resolution) throws VoteRefused {
        Hold hold = holds.find(code)
                .orElseThrow(() -> new VoteRefused(SqlState.UNDEFINED_OBJECT, "there is no hold " + code));
        if (hold.request().requester().equals(voter.role())) {
            String why = "the requester of hold " + code + " cannot " + vote + " it: it takes a second person";
            observer.voted(code, voter, vote, false, why);
            throw new VoteRefused(SqlState.INSUFFICIENT_PRIVILEGE, why);
        }
        if (hold.resolution() == null) {
            if (!observer.voted(code, voter, vote, true, "")) {
                throw new VoteRefused(
                        SqlState.INTERNAL_ERROR, "the vote could not be recorded in the audit and does not count");
            }
            if (holds.resolve(hold, resolution)) {
                return hold;
            }
        }
        String why = "hold " + code + " is not waiting any more: " + hold.state();
        observer.voted(code, voter, vote, false, why);
        throw new VoteRefused(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, why);
    }
}
