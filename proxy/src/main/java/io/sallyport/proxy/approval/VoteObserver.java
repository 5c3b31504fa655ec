package io.sallyport.proxy.approval;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;

/** Told of every vote, counted or not. */
public interface VoteObserver {
    /**
     * @param vote approve, reject, withdraw or break_glass
     * @return whether it could be recorded; a vote that cannot be recorded does not count
     */
    boolean voted(HoldCode hold, Voter voter, String vote, boolean counted, String detail);

    /**
     * A requester is about to release a hold of their own.
     *
     * @return whether it could be recorded; otherwise nothing is released
     */
    default boolean breaksGlass(Hold hold, Voter voter, String reason) {
        return voted(hold.code(), voter, "break_glass", true, reason);
    }
}
