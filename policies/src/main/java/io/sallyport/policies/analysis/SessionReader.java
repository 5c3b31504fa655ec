package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;

/** Statements that touch the session alone. */
final class SessionReader {
    private SessionReader() {}

    static void read(Walker walker, Draft draft) {
        Keyword verb = walker.keyword();
        walker.skip();
        draft.kind(
                switch (verb) {
                    case SET -> set(walker);
                    case RESET -> StatementKind.RESET;
                    case SHOW -> StatementKind.SHOW;
                    case DISCARD -> StatementKind.DISCARD;
                    case LISTEN -> StatementKind.LISTEN;
                    case UNLISTEN -> StatementKind.UNLISTEN;
                    default -> StatementKind.NOTIFY;
                });
    }

    private static StatementKind set(Walker walker) {
        if (walker.sees(Keyword.CONSTRAINTS)) {
            return StatementKind.SET_CONSTRAINTS;
        }
        if (walker.take(Keyword.SESSION, Keyword.AUTHORIZATION)) {
            return StatementKind.SET_ROLE;
        }
        if (!walker.take(Keyword.SESSION)) {
            walker.take(Keyword.LOCAL);
        }
        return switch (walker.keyword()) {
            case ROLE -> StatementKind.SET_ROLE;
            case SESSION -> StatementKind.SET_ROLE;
            case TRANSACTION -> StatementKind.SET_TRANSACTION;
            default -> StatementKind.SET;
        };
    }
}
