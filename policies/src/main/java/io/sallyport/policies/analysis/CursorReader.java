package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;

/** DECLARE, FETCH, MOVE, CLOSE. */
final class CursorReader {
    private final Reading reading;
    private final Draft draft;

    CursorReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.draft = draft;
    }

    void read(Walker walker) {
        switch (walker.keyword()) {
            case DECLARE -> declare(walker);
            case FETCH -> draft.kind(StatementKind.FETCH);
            case MOVE -> draft.kind(StatementKind.MOVE);
            default -> draft.kind(StatementKind.CLOSE);
        }
    }

    private void declare(Walker walker) {
        walker.skip();
        walker.name();
        draft.kind(StatementKind.DECLARE_CURSOR);
        walker.seek(Keyword.FOR);
        walker.expect(Keyword.FOR);
        draft.runs(new StatementReader(reading).preparable(walker.at(), walker.end()));
    }
}
