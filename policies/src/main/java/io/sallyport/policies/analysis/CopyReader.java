package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** COPY. A program or a file of the server is opaque; a file that is only read is what COPY FROM always is. */
final class CopyReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;

    CopyReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
    }

    void copy(Walker walker) {
        walker.skip();
        if (walker.sees(TokenKind.LEFT_PARENTHESIS)) {
            draft.runs(new StatementReader(reading).preparable(walker.at() + 1, tokens.partner(walker.at())));
            walker.takeGroup();
        } else {
            walker.take(Keyword.BINARY);
            draft.target(walker.qualifiedName());
            walker.takeGroup();
        }
        boolean from = walker.take(Keyword.FROM);
        if (!from) {
            walker.expect(Keyword.TO);
        }
        draft.kind(from ? StatementKind.COPY_FROM : StatementKind.COPY_TO);
        if (from) {
            draft.destructive();
        }
        place(walker, from);
        walker.seek(Keyword.WHERE);
        FunctionCalls.scan(tokens, draft, walker.at(), walker.end());
    }

    /** gram.y takes STDIN and STDOUT for either direction. */
    private void place(Walker walker, boolean from) {
        if (walker.take(Keyword.STDIN) || walker.take(Keyword.STDOUT)) {
            if (from) {
                draft.copyFromClient();
            }
        } else if (walker.take(Keyword.PROGRAM) || !from) {
            draft.atLeast(StatementClass.OPAQUE);
        }
    }
}
