package io.sallyport.proxy.token;

import io.sallyport.proxy.approval.Ballot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an approver says with a grant.
 *
 * @param lasts how long the token is to stay good; null for the configured time
 */
public record GrantTerms(Ballot ballot, @Nullable Duration lasts) {
    public static final GrantTerms EMPTY = new GrantTerms(Ballot.EMPTY, null);
}
