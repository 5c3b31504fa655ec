package io.sallyport.proxy.session.fakes;

import io.sallyport.policies.approval.People;
import io.sallyport.proxy.access.AccessDesk;
import io.sallyport.proxy.access.AccessObserver;
import io.sallyport.proxy.access.AccessOffice;
import io.sallyport.proxy.access.AccessOwner;
import io.sallyport.proxy.access.AccessProof;
import io.sallyport.proxy.access.AccessStore;
import io.sallyport.proxy.access.AccessTerms;
import io.sallyport.proxy.access.AccessToken;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.config.AccessSettings;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Personal access tokens of a control database that is away. */
public final class NoAccessTokens implements AccessStore, AccessObserver {
    public static AccessOffice office() {
        NoAccessTokens away = new NoAccessTokens();
        AccessTerms terms = new AccessTerms(AccessSettings.DEFAULTS, Duration.ofHours(12), null);
        return new AccessOffice(new AccessDesk(away, terms, () -> People.NOBODY, away), new AccessProof(away, terms));
    }

    private static StoreUnavailable away() {
        return new StoreUnavailable("it is away", new IllegalStateException("test"));
    }

    @Override
    public Optional<Made> make(AccessOwner owner, String label, Duration life) throws StoreUnavailable {
        throw away();
    }

    @Override
    public List<AccessToken> of(String role) throws StoreUnavailable {
        throw away();
    }

    @Override
    public boolean revoke(String role, String id) throws StoreUnavailable {
        throw away();
    }

    @Override
    public Optional<AccessToken> prove(String secret) throws StoreUnavailable {
        throw away();
    }

    @Override
    public boolean made(AccessToken token, Voter by) {
        return true;
    }

    @Override
    public void revoked(String id, Voter by) {}
}
