package io.sallyport.proxy.token;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Tally;
import io.sallyport.proxy.hold.Vote;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Something that an approver can grant a token for.
 *
 * @param code that of the hold, where it was held
 * @param request who asks, what would run, and on what terms
 * @param statements what the token is to cover: those that were stopped
 * @param votes the approvals so far
 * @param limits the narrowest that an approver set
 * @param version of its state, for compare-and-set
 */
public record TokenRequest(
        HoldCode code,
        HoldRequest request,
        TokenScope scope,
        List<TokenStatement> statements,
        List<Vote> votes,
        GrantLimits limits,
        State state,
        Instant createdAt,
        Instant expiresAt,
        long version) {
    /** Whether it can still be granted. */
    public enum State {
        OPEN,
        GRANTED,
        /** The held statement ran after all, or the request was replaced. */
        CLOSED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public TokenRequest {
        statements = List.copyOf(statements);
        votes = List.copyOf(votes);
    }

    public boolean isOpen(Instant now) {
        return state == State.OPEN && now.isBefore(expiresAt);
    }

    /** {@code open}, {@code expired}, {@code granted} or {@code closed}. */
    public String state(Instant now) {
        return state == State.OPEN && !isOpen(now) ? "expired" : state.label();
    }

    public List<Tally> tallies() {
        return Tally.of(request.terms(), votes);
    }

    /** {@code 1 of 2}. */
    public String progress() {
        return Tally.progress(tallies());
    }

    /** What is missing in words; empty where nothing is. */
    public List<String> missing() {
        return tallies().stream()
                .map(Tally::missing)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    TokenRequest with(List<Vote> newVotes, GrantLimits newLimits, State newState) {
        return new TokenRequest(
                code, request, scope, statements, newVotes, newLimits, newState, createdAt, expiresAt, version);
    }
}
