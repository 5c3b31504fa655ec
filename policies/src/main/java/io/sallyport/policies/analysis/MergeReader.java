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
        if (walker.take(Keyword.AS) || !walker.sees(Keyword.USING)) {
            walker.name();
        }
        walker.expect(Keyword.USING);
        QueryScan.fromItems(reading, draft, walker.at(), walker.end());
        while (walker.seek(Keyword.THEN)) {
            walker.skip();
            action(walker, target);
        }
    }

    /** A CASE has a THEN too; a column may be called delete: then this reads an action too many, which is the strict side. */
    private void action(Walker walker, TableName target) {
        switch (walker.keyword()) {
            case INSERT -> nested(StatementKind.INSERT, walker, target);
            case UPDATE -> nested(StatementKind.UPDATE, walker, target);
            case DELETE -> nested(StatementKind.DELETE, walker, target);
            default -> {}
        }
    }

    private void nested(StatementKind kind, Walker walker, TableName target) {
        int from = walker.at();
        do {
            walker.skip();
        } while (!walker.atEnd() && !walker.sees(Keyword.WHEN) && !walker.sees(Keyword.RETURNING));
        Draft action = new Draft();
        action.kind(kind);
        action.target(target);
        draft.runs(action.facts(tokens.start(from), tokens.end(walker.at() - 1), reading.text(from, walker.at())));
    }
}
