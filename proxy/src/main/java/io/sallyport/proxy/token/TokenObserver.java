package io.sallyport.proxy.token;

import io.sallyport.proxy.approval.Voter;

/** Told of requests and grants: audit, metrics. */
public interface TokenObserver {
    void requested(TokenRequest request);

    /** @return whether it could be recorded; otherwise nobody gets the token */
    boolean granted(Grant grant, Voter last);
}
