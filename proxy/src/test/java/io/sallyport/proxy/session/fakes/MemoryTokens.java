package io.sallyport.proxy.session.fakes;

import io.sallyport.policies.approval.People;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.config.ControlSettings;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.config.TokenSettings;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.StoreUnavailable;
import io.sallyport.proxy.token.Grant;
import io.sallyport.proxy.token.StoredToken;
import io.sallyport.proxy.token.TokenObserver;
import io.sallyport.proxy.token.TokenRequest;
import io.sallyport.proxy.token.TokenRequests;
import io.sallyport.proxy.token.TokenStore;
import io.sallyport.proxy.token.TokenUse;
import io.sallyport.proxy.token.TokenVerdict;
import io.sallyport.proxy.token.Tokens;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A control database that remembers requests, and says of tokens what a test tells it to. */
public final class MemoryTokens implements TokenStore, TokenObserver {
    public final Map<String, TokenRequest> requests = new LinkedHashMap<>();
    public final List<TokenUse> uses = new ArrayList<>();
    public final List<String> givenBack = new ArrayList<>();
    public TokenVerdict verdict = new TokenVerdict.Refused(TokenVerdict.Reason.UNKNOWN, "");
    public boolean away;

    public Tokens tokens(Clock clock) {
        return new Tokens(
                this,
                new TokenRequests(this, this, ControlSettings.IN_MEMORY.keep(), clock),
                (code, voter, vote, counted, detail) -> true,
                this,
                () -> People.NOBODY,
                OidcSettings.Unmapped.REFUSE,
                TokenSettings.DEFAULTS,
                clock);
    }

    private void here() throws StoreUnavailable {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
    }

    @Override
    public @Nullable TokenRequest keep(TokenRequest request, String wish, boolean renames, int mostOpen)
            throws StoreUnavailable {
        here();
        return requests.computeIfAbsent(wish, first -> request);
    }

    @Override
    public Optional<TokenRequest> find(HoldCode code) throws StoreUnavailable {
        here();
        return requests.values().stream()
                .filter(request -> request.code().equals(code))
                .findFirst();
    }

    @Override
    public List<TokenRequest> open(Instant now, int most) throws StoreUnavailable {
        here();
        return List.copyOf(requests.values());
    }

    @Override
    public boolean change(TokenRequest changed, @Nullable StoredToken token) throws StoreUnavailable {
        here();
        return true;
    }

    @Override
    public TokenVerdict use(TokenUse use, Instant now) throws StoreUnavailable {
        here();
        uses.add(use);
        return verdict;
    }

    @Override
    public void giveBack(String use) throws StoreUnavailable {
        here();
        givenBack.add(use);
    }

    @Override
    public void revoke(String hash) throws StoreUnavailable {
        here();
    }

    @Override
    public void forget(Instant before) throws StoreUnavailable {
        here();
    }

    @Override
    public void requested(TokenRequest request) {}

    @Override
    public boolean granted(Grant grant, Voter last) {
        return true;
    }
}
