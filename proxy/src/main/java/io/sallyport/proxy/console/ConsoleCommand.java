package io.sallyport.proxy.console;

import io.sallyport.proxy.access.AccessWish;
import io.sallyport.proxy.approval.Ballot;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.token.GrantTerms;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code SALLYPORT …} statement, read; with the columns of its result, which are all of type text. */
public sealed interface ConsoleCommand {
    List<String> columns();

    record Status() implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("item", "value");
        }
    }

    record ListHolds() implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of(
                    "code",
                    "requester",
                    "database",
                    "application",
                    "client",
                    "rule",
                    "waiting",
                    "expires_in",
                    "votes",
                    "missing",
                    "statement");
        }
    }

    record Show(HoldCode code) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("item", "value");
        }
    }

    /** Says something about one hold, as its voter or its requester. */
    sealed interface OnHold extends ConsoleCommand {
        HoldCode code();

        @Override
        default List<String> columns() {
            return List.of("code", "state", "requester", "statement");
        }
    }

    record Approve(HoldCode code, Ballot ballot) implements OnHold {}

    /** Hands out an approval token. */
    record Grant(HoldCode code, GrantTerms terms) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("token", "request", "state", "requester", "database", "good_for", "statements", "rows");
        }
    }

    /** What a token can be granted for. */
    record ListRequests() implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of(
                    "code",
                    "requester",
                    "database",
                    "application",
                    "client",
                    "rule",
                    "asked",
                    "expires_in",
                    "votes",
                    "missing",
                    "statement");
        }
    }

    /** Makes a personal access token for the session's own role. */
    record MakeAccessToken(AccessWish wish) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("token", "id", "label", "role", "good_for", "state");
        }
    }

    record ListAccessTokens() implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("id", "label", "created", "expires_in", "last_used");
        }
    }

    record RevokeAccessToken(String id) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("id", "state");
        }
    }

    record Reject(HoldCode code, String reason) implements OnHold {}

    record Withdraw(HoldCode code) implements OnHold {}

    record BreakGlass(HoldCode code, String reason) implements OnHold {}

    /** Why the requester wants the next statement that is held. */
    record Reason(String text) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("reason", "next");
        }
    }

    /**
     * Tells of holds as they come; its rows are what came.
     *
     * @param span how long; null until it is cancelled
     */
    record Watch(@Nullable Duration span) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("time", "event", "code", "requester", "database", "rule", "statement", "by", "why");
        }
    }

    /** @param names as typed, case and all */
    record Confirm(List<String> names) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("confirmed", "next", "statement");
        }
    }

    record Help() implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("statement", "what_it_does");
        }
    }
}
