package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.structure.WriteReading;
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
        int start = walker.at();
        walker.skip();
        draft.kind(StatementKind.UPDATE);
        TableName table = new Walker(tokens, start + 1, walker.end()).relation();
        Target target = target(walker, Keyword.SET);
        walker.expect(Keyword.SET);
        if (SettingCall.isSettingsView(table)) {
            draft.sets(SettingCall.updated(tokens, walker.at(), walker.end()));
        }
        QueryScan.query(reading, draft, walker.at(), walker.end());
        where(walker, target, Keyword.FROM);
        readAgain(start, walker.end(), target);
    }

    void delete(Walker walker) {
        int start = walker.at();
        walker.skip();
        walker.expect(Keyword.FROM);
        draft.kind(StatementKind.DELETE);
        Target target = target(walker, Keyword.USING);
        if (walker.sees(Keyword.USING)) {
            QueryScan.fromItems(reading, draft, walker.at() + 1, walker.end());
        } else {
            QueryScan.query(reading, draft, walker.at(), walker.end());
        }
        where(walker, target, Keyword.USING);
        readAgain(start, walker.end(), target);
    }

    /** {@code [ONLY] table [*] [[AS] alias]}. */
    private Target target(Walker walker, Keyword next) {
        draft.target(walker.relation());
        int last = walker.at() - 1;
        int table = tokens.isName(last) ? last : last - 1;
        boolean as = walker.take(Keyword.AS);
        if (as || (!walker.sees(next) && !walker.atEnd() && tokens.isName(walker.at()))) {
            walker.name();
            return Target.alone(table, walker.at() - 1);
        }
        return Target.alone(table, table);
    }

    /** WHERE and RETURNING are reserved words: outside parentheses they begin their clauses, or stand behind AS as a label. */
    private void where(Walker walker, Target target, Keyword beside) {
        int start = walker.at();
        do {
            if (!walker.seek(Keyword.WHERE)) {
                draft.where(Where.ABSENT);
                return;
            }
            walker.skip();
        } while (tokens.is(walker.at() - 2, Keyword.AS));
        int from = walker.at();
        walker.seek(Keyword.RETURNING);
        draft.where(ConditionReader.read(reading, beside(target, beside, start, from - 1), from, walker.at()));
    }

    /** What clearly holds rows back, no rule stops for its WHERE: it needs no second reading. */
    private void readAgain(int from, int to, Target target) {
        Where where = draft.where();
        if (where == null || (where == Where.PRESENT && !reading.isUnclear())) {
            return;
        }
        reading.unclear();
        if (!reading.complete()) {
            return;
        }
        WriteReading parsed = WriteReading.of(tokens.canonical(from, to), reading.budget());
        draft.where(new SecondReading(tokens, draft).compare(parsed, target, where));
    }

    private Target beside(Target target, Keyword word, int from, int to) {
        int at = Boundaries.next(tokens, word, from, to);
        return at == to ? target : target.joined(reading, at + 1, to);
    }
}
