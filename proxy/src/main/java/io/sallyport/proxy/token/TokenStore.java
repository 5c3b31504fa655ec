package io.sallyport.proxy.token;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps requests and tokens. Each call does all of its work or none, and blocks. */
public interface TokenStore {
    /**
     * Keeps a request. Of the same wish there is one that is open at a time: the one that is there already is prolonged.
     *
     * @param wish tells wishes apart
     * @param renames whether the code of the new one replaces that of the one that is there
     * @param mostOpen how many may be open for one requester
     * @return what is kept, with its code; null where the requester has too many
     */
    @Nullable
    TokenRequest keep(TokenRequest request, String wish, boolean renames, int mostOpen) throws StoreUnavailable;

    Optional<TokenRequest> find(HoldCode code) throws StoreUnavailable;

    /** Those that can be granted, the latest first. */
    List<TokenRequest> open(Instant now, int most) throws StoreUnavailable;

    /**
     * Sets state and votes, where nobody else has since it was read.
     *
     * @param token what comes into being with it, or null
     * @return whether it did
     */
    boolean change(TokenRequest changed, @Nullable StoredToken token) throws StoreUnavailable;

    /** Uses statements of a token up: all of the attempt's, or none. */
    TokenVerdict use(TokenUse use, Instant now) throws StoreUnavailable;

    /** Takes an attempt back. */
    void giveBack(String use) throws StoreUnavailable;

    /** Ends a token. */
    void revoke(String hash) throws StoreUnavailable;

    /** Forgets what ended before. */
    void forget(Instant before) throws StoreUnavailable;
}
