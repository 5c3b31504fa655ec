package io.sallyport.proxy.access;

import io.sallyport.proxy.approval.Voter;

/** Told which personal access tokens there are. */
public interface AccessObserver {
    /** @return whether it could be recorded; otherwise the token does not come to be */
    boolean made(AccessToken token, Voter by);

    void revoked(String id, Voter by);
}
