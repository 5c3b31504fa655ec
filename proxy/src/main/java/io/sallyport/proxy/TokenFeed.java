package io.sallyport.proxy;

import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.console.Watchers;
import io.sallyport.proxy.token.Grant;
import io.sallyport.proxy.token.TokenObserver;
import io.sallyport.proxy.token.TokenRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who watch, after the one who keeps the record: only that one may fail a grant. */
final class TokenFeed implements TokenObserver {
    private static final Logger log = LoggerFactory.getLogger(TokenFeed.class);

    private final TokenObserver record;
    private final Watchers watchers;

    TokenFeed(TokenObserver record, Watchers watchers) {
        this.record = record;
        this.watchers = watchers;
    }

    @Override
    public void requested(TokenRequest request) {
        record.requested(request);
        tell(() -> watchers.requested(request));
    }

    @Override
    public boolean granted(Grant grant, Voter last) {
        boolean taken = record.granted(grant, last);
        if (taken) {
            tell(() -> watchers.granted(grant.request()));
        }
        return taken;
    }

    private static void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            log.error("somebody who watches tokens failed", e);
        }
    }
}
