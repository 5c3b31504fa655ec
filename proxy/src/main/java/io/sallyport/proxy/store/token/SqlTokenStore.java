package io.sallyport.proxy.store.token;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.ControlDatabase;
import io.sallyport.proxy.store.StoreUnavailable;
import io.sallyport.proxy.token.StoredToken;
import io.sallyport.proxy.token.TokenRequest;
import io.sallyport.proxy.token.TokenStore;
import io.sallyport.proxy.token.TokenUse;
import io.sallyport.proxy.token.TokenVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Requests and tokens in the control database, one transaction a call. */
public final class SqlTokenStore implements TokenStore {
    private final ControlDatabase database;

    public SqlTokenStore(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public @Nullable TokenRequest keep(TokenRequest request, String wish, boolean renames, int mostOpen)
            throws StoreUnavailable {
        return database.call(
                        handle -> Optional.ofNullable(new RequestRows(handle).keep(request, wish, renames, mostOpen)))
                .orElse(null);
    }

    @Override
    public Optional<TokenRequest> find(HoldCode code) throws StoreUnavailable {
        return database.call(handle -> new RequestRows(handle).find(code.value()));
    }

    @Override
    public List<TokenRequest> open(Instant now, int most) throws StoreUnavailable {
        return database.call(handle -> new RequestRows(handle).open(now, most));
    }

    @Override
    public boolean change(TokenRequest changed, @Nullable StoredToken token) throws StoreUnavailable {
        return database.call(handle -> {
            if (!new RequestRows(handle).change(changed)) {
                return false;
            }
            if (token != null) {
                new TokenRows(handle).insert(changed, token);
            }
            return true;
        });
    }

    @Override
    public TokenVerdict use(TokenUse use, Instant now) throws StoreUnavailable {
        return database.call(handle -> use(handle, use, now));
    }

    private static TokenVerdict use(Handle handle, TokenUse use, Instant now) {
        TokenRows tokens = new TokenRows(handle);
        TokenRows.Found found = tokens.lock(use.hash()).orElse(null);
        TokenRequest request = found == null
                ? null
                : new RequestRows(handle).find(found.request()).orElse(null);
        if (found == null || request == null) {
            return new TokenVerdict.Refused(TokenVerdict.Reason.UNKNOWN, "");
        }
        TokenVerdict refused = TokenVerdict.against(request, found.token(), use, now);
        return refused == null ? tokens.use(found, use, request.limits().rows(), now) : refused;
    }

    @Override
    public void giveBack(String use) throws StoreUnavailable {
        int unused = database.call(handle -> handle.createUpdate(
                        "UPDATE token_statement SET used_by = NULL, used_in = NULL, used_at = NULL WHERE used_by = :use")
                .bind("use", use)
                .execute());
    }

    @Override
    public void revoke(String hash) throws StoreUnavailable {
        int unused = database.call(handle -> handle.createUpdate("DELETE FROM token WHERE hash = :hash")
                .bind("hash", hash)
                .execute());
    }

    @Override
    public void forget(Instant before) throws StoreUnavailable {
        // A token outlives its request's own time, and is kept as long as what ended.
        int unused = database.call(handle -> handle.createUpdate("DELETE FROM token_request WHERE expires_at < :before"
                        + " AND NOT EXISTS (SELECT 1 FROM token WHERE token.request = token_request.code"
                        + " AND token.expires_at >= :before)")
                .bind("before", before)
                .execute());
    }
}
