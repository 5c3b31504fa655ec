package io.sallyport.proxy.token;

import io.sallyport.proxy.hold.HoldState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the store says to an attempt to use a token. */
public sealed interface TokenVerdict {
    /**
     * Those statements are used up, by this attempt and no other.
     *
     * @param request the code under which it was granted
     * @param left how many statements it still covers
     * @param rows how many rows may be changed now; null where they are not counted
     */
    record Taken(
            String request,
            String grantedBy,
            Instant expiresAt,
            int left,
            @Nullable Long rows) implements TokenVerdict {}

    /** @param detail for who has the secret; empty for {@link Reason#UNKNOWN} */
    record Refused(Reason reason, String detail) implements TokenVerdict {}

    /** Why a token does not do. */
    enum Reason {
        /** There is no such token: all that a guess is told. */
        UNKNOWN,
        EXPIRED,
        USED,
        /** For another text, or other parameter values. */
        STATEMENT,
        ROLE,
        DATABASE,
        /** The session looks names up elsewhere, or acts as another role. */
        SETTINGS,
        /** It limits rows, and those that this batch changes are not known in time. */
        ROWS,
        /** The rules ask for more than those who granted it agreed to. */
        TERMS;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the token does for this attempt, apart from its statements; null where it does. */
    static @Nullable Refused against(TokenRequest granted, StoredToken token, TokenUse use, Instant now) {
        TokenScope scope = granted.scope();
        Surroundings around = use.surroundings();
        if (!scope.requester().equals(use.requester())) {
            return new Refused(Reason.ROLE, "It was granted for another login role.");
        } else if (!scope.database().equals(use.database())) {
            return new Refused(Reason.DATABASE, "It was granted for another database.");
        } else if (!now.isBefore(token.expiresAt())) {
            return new Refused(Reason.EXPIRED, "It expired at " + token.expiresAt() + ".");
        } else if (!scope.actsAs().equals(around.actsAs())) {
            return new Refused(
                    Reason.SETTINGS,
                    "It is for sessions that act as " + scope.actsAs() + "; this one acts as " + around.actsAs() + ".");
        } else if (!scope.searchPath().admits(around.searchPath(), around.ownPath())) {
            return new Refused(
                    Reason.SETTINGS,
                    "It is for sessions with " + scope.searchPath().described() + "; this one has search_path = "
                            + around.searchPath() + ".");
        } else if (scope.reading() == null
                ? !around.readsPlainly()
                : !scope.reading().equals(around.reading())) {
            return new Refused(
                    Reason.SETTINGS,
                    scope.reading() == null
                            ? "It is for sessions with transform_null_equals off, and backslash_quote not on."
                            : "It is for sessions with " + scope.reading() + "; this one has " + around.reading()
                                    + ".");
        } else if (granted.limits().rows() != null && !use.countable()) {
            return new Refused(
                    Reason.ROWS,
                    "It lets at most " + granted.limits().rows()
                            + " rows be changed. They can be counted of one INSERT, UPDATE or DELETE that is sent alone.");
        } else if (!granted.request().terms().approval().meets(use.terms())) {
            return new Refused(
                    Reason.TERMS, "The rules ask here for other approvers than those who granted it, or for more.");
        } else if (!new HoldState(1, granted.votes(), null).sound(granted.request())) {
            // Whoever can write to the control database is not an approver yet.
            return new Refused(Reason.TERMS, "Its grant does not add up.");
        }
        return null;
    }

    /** Statements that are not among its own, or no more. */
    static Refused uncovered(List<String> covered, String missing, boolean allUsed) {
        if (allUsed || covered.contains(missing)) {
            return new Refused(Reason.USED, "It is used up: each statement runs once.");
        }
        return new Refused(
                Reason.STATEMENT,
                "It was granted for another text, or other parameter values; white space and comments do not matter.");
    }
}
