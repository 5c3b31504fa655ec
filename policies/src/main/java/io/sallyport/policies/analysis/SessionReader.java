package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenList;

/** Statements that touch the session alone. */
final class SessionReader {
    private final Draft draft;
    private final SettingReader settings;

    SessionReader(TokenList tokens, Draft draft) {
        this.draft = draft;
        this.settings = new SettingReader(tokens, draft);
    }

    void read(Walker walker) {
        Keyword verb = walker.keyword();
        walker.skip();
        switch (verb) {
            case SET -> set(walker);
            case RESET -> {
                draft.kind(StatementKind.RESET);
                settings.reset(walker, Scope.SESSION);
            }
            case DISCARD -> {
                draft.kind(StatementKind.DISCARD);
                if (walker.sees(Keyword.ALL)) {
                    settings.reset(walker, Scope.SESSION);
                    draft.notTransactional();
                }
            }
            case SHOW -> draft.kind(StatementKind.SHOW);
            case LISTEN -> draft.kind(StatementKind.LISTEN);
            case UNLISTEN -> draft.kind(StatementKind.UNLISTEN);
            default -> draft.kind(StatementKind.NOTIFY);
        }
    }

    private void set(Walker walker) {
        if (walker.sees(Keyword.CONSTRAINTS)) {
            draft.kind(StatementKind.SET_CONSTRAINTS);
            return;
        }
        Scope scope = Scope.SESSION;
        boolean authorization = new Walker(walker).take(Keyword.SESSION, Keyword.AUTHORIZATION);
        if (walker.take(Keyword.LOCAL)) {
            scope = Scope.TRANSACTION;
        } else if (!authorization) {
            walker.take(Keyword.SESSION);
        }
        draft.kind(
                switch (walker.keyword()) {
                    case ROLE, SESSION -> StatementKind.SET_ROLE;
                    case TRANSACTION -> StatementKind.SET_TRANSACTION;
                    default -> StatementKind.SET;
                });
        settings.set(walker, scope);
    }
}
