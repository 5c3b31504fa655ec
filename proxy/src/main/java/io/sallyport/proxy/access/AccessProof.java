package io.sallyport.proxy.access;

import io.sallyport.proxy.approval.AccessPass;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.LookupFailedException;
import io.sallyport.proxy.auth.ProofRefused;
import io.sallyport.proxy.auth.RoleLookup;
import io.sallyport.proxy.store.StoreUnavailable;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves whoever shows a token's secret, as far as the role behind it still stands. */
public final class AccessProof {
    private static final Logger log = LoggerFactory.getLogger(AccessProof.class);

    private final AccessStore store;
    private final AccessTerms terms;

    public AccessProof(AccessStore store, AccessTerms terms) {
        this.store = store;
        this.terms = terms;
    }

    /**
     * Blocks.
     *
     * @throws ProofRefused in the same words whether it is unknown, revoked or expired, or its role is gone
     */
    public Proven prove(String secret) throws ProofRefused {
        if (!terms.enabled()) {
            throw new ProofRefused(
                    LoginFailure.TOKEN, "personal access tokens are not taken: access_tokens.enabled is false");
        }
        AccessToken token = find(secret).orElseThrow(AccessProof::refused);
        AccessOwner owner = token.owner();
        return Proven.role(owner.role(), owner.certificate(), memberOf(token))
                .by(new AccessPass(token.id(), token.label()), token.expiresAt());
    }

    private Optional<AccessToken> find(String secret) throws ProofRefused {
        try {
            return store.prove(secret);
        } catch (StoreUnavailable away) {
            throw new ProofRefused(
                    LoginFailure.CONTROL, "the control database cannot be asked; the log says why", away);
        }
    }

    private Set<String> memberOf(AccessToken token) throws ProofRefused {
        AccessOwner owner = token.owner();
        RoleLookup roles = terms.roles();
        if (roles != null) {
            return now(token, roles);
        } else if (owner.memberOf() == null) {
            // It was made to last while the server is asked; unasked it would outlive its role.
            log.warn("access token {} of {} cannot be used: auth.query_user is not set any more", token.id(), owner);
            throw new ProofRefused(
                    LoginFailure.LOOKUP,
                    "the server cannot be asked about the token's role: auth.query_user is not set");
        }
        return owner.memberOf();
    }

    private static Set<String> now(AccessToken token, RoleLookup roles) throws ProofRefused {
        AccessOwner owner = token.owner();
        RoleLookup.Known known;
        try {
            known = roles.find(owner.role());
        } catch (LookupFailedException failed) {
            log.warn("access token {}: {}", token.id(), failed.getMessage());
            throw new ProofRefused(
                    LoginFailure.LOOKUP,
                    "the server could not be asked about the token's role; the log says why",
                    failed);
        }
        // A role that was dropped and made anew is somebody else's; one that was not asked for when it was made may be.
        if (known == null || owner.roleOid() == null || owner.roleOid() != known.oid()) {
            log.info("access token {}: its role may not log in any more", token.id());
            throw refused();
        }
        return known.memberOf();
    }

    private static ProofRefused refused() {
        return new ProofRefused(LoginFailure.TOKEN, "the token is none, or does not work any more");
    }
}
