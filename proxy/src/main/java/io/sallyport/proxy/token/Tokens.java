package io.sallyport.proxy.token;

import io.sallyport.policies.approval.People;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.approval.Asked;
import io.sallyport.proxy.approval.Eligibility;
import io.sallyport.proxy.approval.Refusal;
import io.sallyport.proxy.approval.VoteObserver;
import io.sallyport.proxy.approval.VoteRefused;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.config.DurationText;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.config.TokenSettings;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.Tally;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Grants tokens and uses them up, as {@code Approvals} counts votes: whatever channel a grant comes through, it is decided here. Blocks. */
public final class Tokens {
    private static final int MOST_LISTED = 500;

    /** Two replicas count votes at the same moment: the later one looks again. */
    private static final int ATTEMPTS = 5;

    private static final String GRANT = "grant";

    private final TokenStore store;
    private final TokenRequests requests;
    private final VoteObserver votes;
    private final TokenObserver observer;
    private final Supplier<People> people;
    private final OidcSettings.Unmapped unmapped;
    private final TokenSettings settings;
    private final Clock clock;

    /** @param people asked anew for every grant */
    public Tokens(
            TokenStore store,
            TokenRequests requests,
            VoteObserver votes,
            TokenObserver observer,
            Supplier<People> people,
            OidcSettings.Unmapped unmapped,
            TokenSettings settings,
            Clock clock) {
        this.store = store;
        this.requests = requests;
        this.votes = votes;
        this.observer = observer;
        this.people = people;
        this.unmapped = unmapped;
        this.settings = settings;
        this.clock = clock;
    }

    public Optional<TokenRequest> find(HoldCode code) throws StoreUnavailable {
        return store.find(code);
    }

    /** Those that can be granted, the latest first. */
    public List<TokenRequest> open() throws StoreUnavailable {
        return store.open(clock.instant(), MOST_LISTED);
    }

    /** When a request that is made now cannot be granted any more. */
    public Instant requestExpiry() {
        return clock.instant().plus(settings.requestExpires());
    }

    /** Counts a grant; the last one that is needed comes with the secret, once. */
    public Grant grant(HoldCode code, Voter voter, GrantTerms terms) throws VoteRefused, StoreUnavailable {
        boolean recorded = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            TokenRequest request = store.find(code)
                    .orElseThrow(() -> new VoteRefused(
                            SqlState.UNDEFINED_OBJECT,
                            "there is no request " + code + " that a token could be granted for"));
            Eligibility eligibility = check(request, voter, terms);
            if (!recorded
                    && !votes.voted(code, voter, GRANT, true, terms.ballot().reason())) {
                throw unrecorded();
            }
            recorded = true;
            Grant grant = counted(request, eligibility, voter, terms);
            if (store.change(grant.request(), stored(grant))) {
                return handedOut(grant, voter);
            }
        }
        throw new VoteRefused(
                SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "request " + code + " changes all the time; grant it again");
    }

    /**
     * Grants what an approver asks for somebody else, from a file.
     *
     * @param request with a code of its own
     */
    public Grant grant(TokenRequest request, Voter voter, GrantTerms terms) throws VoteRefused, StoreUnavailable {
        Eligibility unused = check(request, voter, terms);
        // Nobody wishes it but the approver, whom no requester's limit concerns.
        TokenRequest kept = store.keep(request, "file " + request.code(), false, Integer.MAX_VALUE);
        if (kept == null) {
            throw new VoteRefused(SqlState.INTERNAL_ERROR, "the request could not be kept");
        }
        observer.requested(kept);
        return grant(kept.code(), voter, terms);
    }

    private Eligibility check(TokenRequest request, Voter voter, GrantTerms terms) throws VoteRefused {
        Eligibility eligibility = new Eligibility(asked(request), voter, people.get(), unmapped);
        Refusal refusal = eligibility.toApprove(terms.ballot().typed());
        Duration lasts = terms.limits().lasts();
        if (refusal == null && terms.limits().rows() != null) {
            refusal = uncountable(request);
        }
        if (refusal == null && lasts != null && (lasts.isZero() || lasts.compareTo(settings.longest()) > 0)) {
            refusal = Refusal.value("a token lasts at most " + DurationText.format(settings.longest())
                    + " (token.longest), found " + DurationText.format(lasts));
        }
        if (refusal != null) {
            votes.voted(request.code(), voter, GRANT, false, refusal.why());
            throw new VoteRefused(refusal.sqlState(), refusal.why());
        }
        return eligibility;
    }

    /** A limit that cannot be kept is none. */
    private static @Nullable Refusal uncountable(TokenRequest request) {
        for (TokenStatement statement : request.statements()) {
            String found = RowCount.cannotTell(statement.text());
            if (found != null) {
                return Refusal.value(
                        "rows can be limited of INSERT, UPDATE and DELETE alone: the server tells no number of"
                                + " others before they are committed; found " + found);
            }
        }
        return null;
    }

    private Asked asked(TokenRequest request) {
        return new Asked(
                "request " + request.code(),
                "SALLYPORT GRANT " + request.code(),
                request.request().identity(),
                request.request().rule(),
                request.request().terms(),
                request.votes(),
                () -> request.isOpen(clock.instant()) ? "" : request.state(clock.instant()));
    }

    private Grant counted(TokenRequest request, Eligibility eligibility, Voter voter, GrantTerms terms) {
        Instant now = clock.instant();
        List<Vote> all = new ArrayList<>(request.votes());
        all.add(new Vote(
                voter.identity(), voter.name(), voter.session(), terms.ballot().reason(), eligibility.counts(), now));
        GrantLimits limits = request.limits().stricter(terms.limits());
        boolean enough = Tally.of(request.request().terms(), all).stream().allMatch(Tally::met);
        if (!enough) {
            return new Grant(request.with(all, limits, TokenRequest.State.OPEN), null, null);
        }
        Duration lasts = limits.lasts();
        Instant expires = now.plus(lasts == null ? settings.expires() : lasts);
        return new Grant(request.with(all, limits, TokenRequest.State.GRANTED), TokenSecret.random(), expires);
    }

    private @Nullable StoredToken stored(Grant grant) {
        TokenSecret secret = grant.secret();
        Instant expires = grant.expiresAt();
        return secret == null || expires == null
                ? null
                : new StoredToken(secret.hash(), grantedBy(grant.request()), clock.instant(), expires);
    }

    /** The names of the approvers. */
    public static String grantedBy(TokenRequest request) {
        return request.votes().stream().map(Vote::name).collect(Collectors.joining(", "));
    }

    private Grant handedOut(Grant grant, Voter voter) throws VoteRefused, StoreUnavailable {
        TokenSecret secret = grant.secret();
        if (secret != null) {
            requests.granted(grant.request());
        }
        if (secret != null && !observer.granted(grant, voter)) {
            store.revoke(secret.hash());
            throw unrecorded();
        }
        return grant;
    }

    private static VoteRefused unrecorded() {
        return new VoteRefused(
                SqlState.INTERNAL_ERROR, "the grant could not be recorded in the audit and does not count");
    }

    /** What became of an attempt; the proof is null where the verdict is a refusal. */
    public record Attempt(TokenVerdict verdict, @Nullable TokenProof proof) {}

    /** Uses statements of a token up, by compare-and-set: of two that try at once, one succeeds. */
    public Attempt use(TokenUse use) throws StoreUnavailable {
        TokenVerdict verdict = store.use(use, clock.instant());
        return new Attempt(verdict, verdict instanceof TokenVerdict.Taken taken ? new TokenProof(use, taken) : null);
    }

    /** What did not reach the server can be used again. */
    public void giveBack(TokenUse use) throws StoreUnavailable {
        store.giveBack(use.id());
    }
}
