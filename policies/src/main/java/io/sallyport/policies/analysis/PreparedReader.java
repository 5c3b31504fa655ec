package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenList;

/** PREPARE, EXECUTE, DEALLOCATE, and PREPARE TRANSACTION, which only sounds alike. */
final class PreparedReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;

    PreparedReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
    }

    void read(Walker walker) {
        switch (walker.keyword()) {
            case PREPARE -> prepare(walker);
            case EXECUTE -> {
                walker.skip();
                draft.kind(StatementKind.EXECUTE);
                draft.prepared(walker.name());
                FunctionCalls.scan(tokens, draft, walker.at(), walker.end());
            }
            default -> deallocate(walker);
        }
    }

    private void prepare(Walker walker) {
        walker.skip();
        if (walker.sees(Keyword.TRANSACTION) && tokens.isString(walker.at() + 1)) {
            draft.kind(StatementKind.PREPARE_TRANSACTION);
            return;
        }
        draft.kind(StatementKind.PREPARE);
        String name = walker.name();
        walker.takeGroup();
        walker.expect(Keyword.AS);
        draft.runs(new StatementReader(reading).preparable(walker.at(), walker.end()));
        draft.prepared(name);
    }

    /** DEALLOCATE [PREPARE] name or ALL; a statement may itself be called prepare. */
    private void deallocate(Walker walker) {
        walker.skip();
        draft.kind(StatementKind.DEALLOCATE);
        if (walker.at() + 1 < walker.end()) {
            walker.take(Keyword.PREPARE);
        }
        if (!walker.take(Keyword.ALL)) {
            draft.prepared(walker.name());
        }
    }
}
