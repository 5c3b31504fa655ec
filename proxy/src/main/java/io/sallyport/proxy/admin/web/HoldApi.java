package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.approval.Approvals;
import io.sallyport.proxy.approval.Ballot;
import io.sallyport.proxy.approval.VoteRefused;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.safety.KeptNet;
import io.sallyport.proxy.safety.NetStore;
import io.sallyport.proxy.store.StoreUnavailable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is asked of holds, and done to them. */
final class HoldApi {
    private static final int MOST_LISTED = 500;
    private static final int MOST_HISTORY = 200;
    private static final int LONGEST_SEARCH = 200;

    /** A list, and how many there are beside it. */
    record Listing(List<HoldView> holds, int total) {}

    /** What safety nets left behind. */
    record Kept(String code, List<KeptView> kept) {}

    private final Holds holds;
    private final NetStore nets;
    private final Approvals approvals;

    HoldApi(Holds holds, NetStore nets, Approvals approvals) {
        this.holds = holds;
        this.nets = nets;
        this.approvals = approvals;
    }

    Answer list(Caller caller, String unused) {
        return Reply.json(HttpResponseStatus.OK, waiting());
    }

    Listing waiting() {
        List<Hold> waiting = holds.waiting();
        return new Listing(
                waiting.stream().limit(MOST_LISTED).map(HoldView::listed).toList(), waiting.size());
    }

    Answer show(Caller caller, String code) {
        try {
            Optional<HoldCode> named = code(code);
            Optional<Hold> hold = named.isEmpty() ? Optional.empty() : holds.read(named.get());
            if (hold.isEmpty()) {
                return missing();
            }
            boolean alone = approvals.mayBreakGlass(hold.get(), caller.voter());
            List<KeptNet> kept = nets.of(hold.get().code());
            return Reply.json(HttpResponseStatus.OK, HoldView.whole(hold.get(), alone, kept));
        } catch (StoreUnavailable away) {
            return away(away);
        }
    }

    /** What can be undone by, of a hold or of what a token released. */
    Answer kept(Caller caller, String code) {
        Optional<HoldCode> named = code(code);
        if (named.isEmpty()) {
            return missing();
        }
        try {
            List<KeptView> kept = KeptView.of(nets.of(named.get()));
            return Reply.json(HttpResponseStatus.OK, new Kept(named.get().value(), kept));
        } catch (StoreUnavailable away) {
            return away(away);
        }
    }

    Answer history(Caller caller, String unused) {
        String search = caller.request().parameter("q").strip().toLowerCase(Locale.ROOT);
        if (search.length() > LONGEST_SEARCH) {
            return invalid("expected a search of at most " + LONGEST_SEARCH + " characters");
        }
        try {
            List<HoldView> found = holds.history(search, MOST_HISTORY).stream()
                    .map(HoldView::listed)
                    .toList();
            return Reply.json(HttpResponseStatus.OK, new Listing(found, found.size()));
        } catch (StoreUnavailable away) {
            return away(away);
        }
    }

    Answer approve(Caller caller, String code) {
        return vote(caller, code, false, (hold, ballot) -> approvals.approve(hold, caller.voter(), ballot));
    }

    Answer reject(Caller caller, String code) {
        return vote(caller, code, true, (hold, ballot) -> approvals.reject(hold, caller.voter(), ballot.reason()));
    }

    Answer withdraw(Caller caller, String code) {
        return vote(caller, code, false, (hold, ballot) -> approvals.withdraw(hold, caller.voter()));
    }

    Answer breakGlass(Caller caller, String code) {
        return vote(caller, code, true, (hold, ballot) -> approvals.breakGlass(hold, caller.voter(), ballot.reason()));
    }

    private interface Vote {
        Hold cast(HoldCode code, Ballot ballot) throws VoteRefused;
    }

    private Answer vote(Caller caller, String code, boolean reasonNeeded, Vote vote) {
        Optional<HoldCode> named = code(code);
        if (named.isEmpty()) {
            return missing();
        }
        try {
            Ballot ballot = Bodies.ballot(caller.request().body());
            if (reasonNeeded && ballot.reason().isEmpty()) {
                return invalid("expected a reason: others read it");
            }
            return Reply.json(HttpResponseStatus.OK, HoldView.listed(vote.cast(named.get(), ballot)));
        } catch (Bodies.Malformed malformed) {
            return invalid(String.valueOf(malformed.getMessage()));
        } catch (VoteRefused refused) {
            if (refused.sqlState().equals(SqlState.UNDEFINED_OBJECT)) {
                return missing();
            }
            return refused(refused);
        }
    }

    static Reply refused(VoteRefused refused) {
        return Reply.error(status(refused.sqlState()), refused.sqlState(), String.valueOf(refused.getMessage()));
    }

    static HttpResponseStatus status(String sqlState) {
        return switch (sqlState) {
            case SqlState.INSUFFICIENT_PRIVILEGE -> HttpResponseStatus.FORBIDDEN;
            case SqlState.UNDEFINED_OBJECT -> HttpResponseStatus.NOT_FOUND;
            case SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE -> HttpResponseStatus.CONFLICT;
            case SqlState.INTERNAL_ERROR -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
            case SqlState.SYSTEM_ERROR -> HttpResponseStatus.SERVICE_UNAVAILABLE;
            default -> HttpResponseStatus.UNPROCESSABLE_ENTITY;
        };
    }

    static Optional<HoldCode> code(String text) {
        try {
            return Optional.of(HoldCode.parse(text));
        } catch (IllegalArgumentException noCode) {
            return Optional.empty();
        }
    }

    /** The code is not repeated: it is whatever somebody typed. */
    private static Reply missing() {
        return Reply.error(HttpResponseStatus.NOT_FOUND, SqlState.UNDEFINED_OBJECT, "there is no hold of this code");
    }

    static Reply away(StoreUnavailable away) {
        return Reply.error(
                HttpResponseStatus.SERVICE_UNAVAILABLE, SqlState.SYSTEM_ERROR, String.valueOf(away.getMessage()));
    }

    static Reply invalid(String why) {
        return Reply.error(HttpResponseStatus.UNPROCESSABLE_ENTITY, SqlState.INVALID_PARAMETER_VALUE, why);
    }
}
