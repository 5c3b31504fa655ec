package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenList;

/** INSERT, UPDATE and DELETE. */
final class DmlReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;

    DmlReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
    }

    /** ON CONFLICT DO UPDATE overwrites rows that are there. */
    void insert(Walker walker) {
        walker.skip();
        walker.expect(Keyword.INTO);
        draft.kind(StatementKind.INSERT);
        draft.target(walker.qualifiedName());
        if (walker.take(Keyword.AS)) {
            walker.name();
        }
        if (!CteReader.startsQuery(tokens, walker.at() + 1)) {
            int columns = walker.at();
            walker.takeGroup();
            // Columns, each perhaps with a subscript: (a[f()]).
            FunctionCalls.scan(tokens, draft, columns, walker.at());
        }
        QueryScan.query(reading, draft, walker.at(), walker.end());
        while (walker.seek(Keyword.DO)) {
            walker.skip();
            if (walker.sees(Keyword.UPDATE)) {
                draft.atLeast(StatementClass.DESTROY);
            }
        }
    }

    void update(Walker walker) {
        walker.skip();
        draft.kind(StatementKind.UPDATE);
        TableName target = walker.relation();
        draft.target(target);
        alias(walker, Keyword.SET);
        walker.expect(Keyword.SET);
        if (SettingCall.isSettingsView(target)) {
            draft.sets(SettingCall.updated(tokens, walker.at(), walker.end()));
        }
        QueryScan.query(reading, draft, walker.at(), walker.end());
        where(walker);
    }

    void delete(Walker walker) {
        walker.skip();
        walker.expect(Keyword.FROM);
        draft.kind(StatementKind.DELETE);
        draft.target(walker.relation());
        alias(walker, Keyword.USING);
        if (walker.take(Keyword.USING)) {
            QueryScan.fromItems(reading, draft, walker.at(), walker.end());
        } else {
            QueryScan.query(reading, draft, walker.at(), walker.end());
        }
        where(walker);
    }

    private void alias(Walker walker, Keyword next) {
        boolean as = walker.take(Keyword.AS);
        if (as || (!walker.sees(next) && !walker.atEnd() && tokens.isName(walker.at()))) {
            walker.name();
        }
    }

    /** WHERE and RETURNING are reserved words: outside parentheses they begin their clauses, or stand behind AS as a label. */
    private void where(Walker walker) {
        do {
            if (!walker.seek(Keyword.WHERE)) {
                draft.where(Where.ABSENT);
                return;
            }
            walker.skip();
        } while (tokens.is(walker.at() - 2, Keyword.AS));
        int from = walker.at();
        walker.seek(Keyword.RETURNING);
        draft.where(ConditionReader.read(reading, from, walker.at()));
    }
}
