package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenList;

/** MERGE: its actions count as nested writes on the same table. */
final class MergeReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;

    MergeReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
    }

    void merge(Walker walker) {
        walker.skip();
        walker.expect(Keyword.INTO);
        draft.kind(StatementKind.MERGE);
        TableName target = walker.relation();
        draft.target(target);
        int table = tokens.isName(walker.at() - 1) ? walker.at() - 1 : walker.at() - 2;
        int visible = table;
        if (walker.take(Keyword.AS) || !walker.sees(Keyword.USING)) {
            visible = walker.at();
            walker.name();
        }
        walker.expect(Keyword.USING);
        QueryScan.fromItems(reading, draft, walker.at(), walker.end());
        boolean everyRow = matchesEveryRow(walker, Target.alone(table, visible));
        int from = walker.at();
        while (walker.seek(Keyword.THEN)) {
            boolean restricted = isRestricted(from, walker.at());
            walker.skip();
            from = walker.at();
            action(walker, target, everyRow && !restricted);
        }
    }

    /** WHEN … AND condition: a column of either side tells rows apart. */
    private boolean isRestricted(int from, int to) {
        Walker and = new Walker(tokens, from, to);
        return and.seek(Keyword.AND)
                && and.at() + 1 < to
                && ConditionReader.read(reading, Target.ANY, and.at() + 1, to) == Where.PRESENT;
    }

    /** Whether the join's condition, the last ON before the first WHEN, is no condition; the walker then stands at that WHEN. */
    private boolean matchesEveryRow(Walker walker, Target target) {
        int from = walker.at();
        int condition = -1;
        walker.seek(Keyword.WHEN);
        Walker on = new Walker(tokens, from, walker.at());
        while (on.seek(Keyword.ON)) {
            on.skip();
            condition = on.at();
        }
        if (condition < 0) {
            throw new Unreadable("expected ON in MERGE");
        }
        Target joined = target.joined(reading, from, condition - 1);
        return ConditionReader.read(reading, joined, condition, on.end()) == Where.ALWAYS_TRUE;
    }

    /** A CASE has a THEN too; a column may be called delete: then this reads an action too many, which is the strict side. */
    private void action(Walker walker, TableName target, boolean everyRow) {
        switch (walker.keyword()) {
            case INSERT -> nested(StatementKind.INSERT, walker, target, false);
            case UPDATE -> nested(StatementKind.UPDATE, walker, target, everyRow);
            case DELETE -> nested(StatementKind.DELETE, walker, target, everyRow);
            default -> {}
        }
    }

    private void nested(StatementKind kind, Walker walker, TableName target, boolean everyRow) {
        int from = walker.at();
        do {
            walker.skip();
        } while (!walker.atEnd() && !walker.sees(Keyword.WHEN) && !walker.sees(Keyword.RETURNING));
        Draft action = new Draft();
        action.kind(kind);
        action.target(target);
        if (everyRow) {
            action.where(Where.ALWAYS_TRUE);
        }
        draft.runs(action.facts(reading.start(from), reading.end(walker.at() - 1), reading.text(from, walker.at())));
    }
}
