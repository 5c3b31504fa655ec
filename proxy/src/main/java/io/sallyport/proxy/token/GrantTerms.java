package io.sallyport.proxy.token;

import io.sallyport.proxy.approval.Ballot;

/** What an approver says with a grant. */
public record GrantTerms(Ballot ballot, GrantLimits limits) {
    public static final GrantTerms EMPTY = new GrantTerms(Ballot.EMPTY, GrantLimits.NONE);
}
