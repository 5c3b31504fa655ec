package io.sallyport.proxy.access;

import io.sallyport.policies.approval.Identity;
import io.sallyport.policies.approval.People;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.auth.LookupFailedException;
import io.sallyport.proxy.auth.RoleLookup;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, lists and revokes personal access tokens, whatever channel asks: only for whoever proved a login role of their
 * own, and not by such a token. Every call blocks.
 */
public final class AccessDesk {
    private static final Logger log = LoggerFactory.getLogger(AccessDesk.class);

    private final AccessStore store;
    private final AccessTerms terms;
    private final Supplier<People> people;
    private final AccessObserver observer;
    private final AccessRules rules;

    /** @param people asked anew for every token */
    public AccessDesk(AccessStore store, AccessTerms terms, Supplier<People> people, AccessObserver observer) {
        this.store = store;
        this.terms = terms;
        this.people = people;
        this.observer = observer;
        this.rules = new AccessRules(terms);
    }

    /** Whether a token can be made only once it is known what its owner is a member of: so the server says too that the owner is still there. */
    public boolean needsMemberships() {
        return terms.enabled();
    }

    public AccessStore.Made make(Voter maker, AccessWish wish) throws AccessRefused, StoreUnavailable {
        Proven who = maker.who();
        String role = owner(who);
        if (people.get().sharedRoles().contains(role)) {
            throw AccessRefused.forbidden("the role " + who.name()
                    + " is used by several people: a token of it would be nobody's; log in with a role of your own");
        }
        String label = rules.label(wish.label());
        Duration life = rules.life(wish.life());
        AccessStore.Made made = store.make(described(role, who), label, life)
                .orElseThrow(() -> AccessRefused.state(who.name() + " has " + AccessStore.MOST
                        + " personal access tokens already; revoke one that is not needed any more"));
        if (!observer.made(made.token(), maker)) {
            store.revoke(role, made.token().id());
            throw new AccessRefused(
                    SqlState.INTERNAL_ERROR, "the token could not be recorded in the audit, and is not made");
        }
        return made;
    }

    public List<AccessToken> of(Voter owner) throws AccessRefused, StoreUnavailable {
        return store.of(owner(owner.who()));
    }

    public void revoke(Voter owner, String id) throws AccessRefused, StoreUnavailable {
        if (!store.revoke(owner(owner.who()), id)) {
            // What was typed is not repeated: it may be a secret.
            throw new AccessRefused(
                    SqlState.UNDEFINED_OBJECT, "you have no personal access token of this id that still works");
        }
        observer.revoked(id, owner);
    }

    /** The role for which tokens may be dealt with. */
    private String owner(Proven who) throws AccessRefused {
        String role = who.identity().role();
        if (!terms.enabled()) {
            throw AccessRefused.state("there are no personal access tokens here: access_tokens.enabled is false");
        } else if (role == null) {
            throw AccessRefused.forbidden("a personal access token acts for a PostgreSQL role, and " + who.name()
                    + " proved none; log in with a role, or use tokens of the issuer");
        } else if (who.pass() != null) {
            throw AccessRefused.forbidden(
                    "a personal access token neither makes nor lists nor revokes any; log in yourself");
        }
        return role;
    }

    private AccessOwner described(String role, Proven who) throws AccessRefused {
        Identity identity = who.identity();
        @Nullable Set<String> memberOf = who.standing().memberOf();
        if (memberOf == null) {
            throw AccessRefused.forbidden("what " + who.name() + " is a member of is not known now; the server is asked"
                    + " outside of transactions only: end yours, and try again; on the page, sign in again");
        } else if (!memberOf.contains(role)) {
            // It was dropped or renamed since, and whoever is called so now is somebody else.
            throw AccessRefused.forbidden("the server does not know this session's role as " + role + " any more");
        }
        RoleLookup roles = terms.roles();
        if (roles != null) {
            RoleLookup.Known known = known(roles, role);
            return new AccessOwner(role, known.oid(), identity.certificate(), null);
        }
        return new AccessOwner(role, null, identity.certificate(), memberOf);
    }

    private static RoleLookup.Known known(RoleLookup roles, String role) throws AccessRefused {
        RoleLookup.Known known;
        try {
            known = roles.find(role);
        } catch (LookupFailedException failed) {
            log.warn("no access token for {}: {}", role, failed.getMessage());
            throw new AccessRefused(
                    SqlState.SYSTEM_ERROR, "the server could not be asked about the role; the log says why");
        }
        if (known == null) {
            throw AccessRefused.forbidden("the role may not log in any more");
        }
        return known;
    }
}
