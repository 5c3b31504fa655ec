package io.sallyport.proxy.approval;

import io.sallyport.proxy.hold.HoldCode;

/** Told of every vote, counted or not. */
public interface VoteObserver {
    /** @return whether it could be recorded; a vote that cannot be recorded does not count */
    boolean voted(HoldCode hold, Voter voter, String vote, boolean counted, String detail);
}
