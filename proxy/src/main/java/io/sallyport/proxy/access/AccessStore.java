package io.sallyport.proxy.access;

import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The personal access tokens of everybody. Every method blocks. */
public interface AccessStore {
    /** Of one role, at the same time. */
    int MOST = 20;

    /** One that was just made; the secret is told here and never again. */
    record Made(AccessToken token, AccessSecret secret) {}

    /** @return empty where the role has {@link #MOST} already */
    Optional<Made> make(AccessOwner owner, String label, Duration life) throws StoreUnavailable;

    /** Those of one role that still work, the newest first. */
    List<AccessToken> of(String role) throws StoreUnavailable;

    /** @return whether there was such a token of that role, which worked until now */
    boolean revoke(String role, String id) throws StoreUnavailable;

    /** Whose it is, and notes the use; empty where it is unknown, revoked or expired, which are not told apart. */
    Optional<AccessToken> prove(String secret) throws StoreUnavailable;
}
