package io.sallyport.policies.sql;

/**
 * Follows {@code CREATE FUNCTION … BEGIN ATOMIC …; …; END} while its tokens arrive, because the semicolons in it end no statement.
 * END closes the body only behind a semicolon or ATOMIC; anywhere else it closes a CASE or is a column's label. A CASE never spans a semicolon,
 * so that a stray one cannot hide what follows.
 */
final class RoutineBody {
    private final TokenList tokens;
    private boolean open;
    private boolean closed;
    private int openCases;

    RoutineBody(TokenList tokens) {
        this.tokens = tokens;
    }

    /** Whether a semicolon outside parentheses ends the statement here. */
    boolean endsStatement() {
        return !open;
    }

    boolean isOpen() {
        return open;
    }

    /** Looks at the token that was added last. */
    void added() {
        int last = tokens.size() - 1;
        if (!open) {
            open = !closed
                    && tokens.is(last, Keyword.ATOMIC)
                    && tokens.is(last - 1, Keyword.BEGIN)
                    && !tokens.insideParentheses()
                    && createsRoutine();
            return;
        }
        if (tokens.insideParentheses()) {
            return;
        }
        if (tokens.is(last, TokenKind.SEMICOLON)) {
            openCases = 0;
        } else if (tokens.is(last, Keyword.CASE)) {
            openCases++;
        } else if (tokens.is(last, Keyword.END)) {
            end(last);
        }
    }

    private void end(int last) {
        if (openCases > 0) {
            openCases--;
        } else if (tokens.is(last - 1, TokenKind.SEMICOLON) || tokens.is(last - 1, Keyword.ATOMIC)) {
            open = false;
            closed = true;
        }
    }

    private boolean createsRoutine() {
        int i = 1;
        if (tokens.is(i, Keyword.OR) && tokens.is(i + 1, Keyword.REPLACE)) {
            i += 2;
        }
        return tokens.is(0, Keyword.CREATE) && (tokens.is(i, Keyword.FUNCTION) || tokens.is(i, Keyword.PROCEDURE));
    }
}
