package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** The tables that a CREATE TABLE is made after: {@code PARTITION OF parent}, {@code INHERITS (parent, …)}, {@code (LIKE other)}. */
final class ParentTables {
    private final TokenList tokens;
    private final Draft draft;

    ParentTables(TokenList tokens, Draft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    /** The walker stands behind the new table's name. */
    void read(Walker walker) {
        if (walker.takeWord("partition") && walker.take(Keyword.OF)) {
            draft.reads(walker.qualifiedName());
        }
        while (!walker.atEnd() && !walker.sees(Keyword.AS)) {
            if (walker.takeWord("inherits")) {
                inherits(walker);
            } else if (walker.sees(TokenKind.LEFT_PARENTHESIS)) {
                likes(walker.at());
                walker.takeGroup();
            } else {
                walker.skip();
            }
        }
    }

    private void inherits(Walker walker) {
        if (walker.take(TokenKind.LEFT_PARENTHESIS)) {
            do {
                draft.reads(walker.qualifiedName());
            } while (walker.take(TokenKind.COMMA));
        }
    }

    /** LIKE begins an element; it is a reserved word, so no column's name. */
    private void likes(int open) {
        Walker element = new Walker(tokens, open + 1, tokens.partner(open));
        while (!element.atEnd()) {
            boolean first = element.at() == open + 1 || tokens.is(element.at() - 1, TokenKind.COMMA);
            if (first && element.take(Keyword.LIKE)) {
                draft.reads(element.qualifiedName());
            } else if (!element.takeGroup()) {
                element.skip();
            }
        }
    }
}
