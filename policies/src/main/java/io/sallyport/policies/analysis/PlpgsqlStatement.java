package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** The simple statements and declarations of PL/pgSQL: which of their parts are expressions, which are statements of SQL. */
final class PlpgsqlStatement {
    private final PlpgsqlPiece piece;
    private final TokenList tokens;
    private final PlpgsqlQueries queries;

    PlpgsqlStatement(PlpgsqlPiece piece, PlpgsqlQueries queries) {
        this.piece = piece;
        this.tokens = piece.tokens();
        this.queries = queries;
    }

    void expression(int from, int to) {
        queries.expression(from, to);
    }

    /** The rest of the piece, which begins with that word. */
    void simple(PlpgsqlWord word, int i) {
        int to = piece.size();
        switch (word) {
            case CALL, DO, COMMIT, ROLLBACK -> queries.statement(i, to);
            case PERFORM -> queries.expression(i + 1, to);
            case RAISE, ASSERT -> optional(i + 1, to);
            case EXECUTE -> queries.dynamic(i, i + 1, to);
            case RETURN -> result(i, to);
            case EXIT, CONTINUE -> {
                int when = piece.find(PlpgsqlWord.WHEN, i, to);
                optional(when + 1, to);
            }
            case OPEN -> cursor(i, piece.behindVariable(i + 1), to);
            case FETCH, MOVE -> direction(i, to);
            case CLOSE, GET, NULL -> {}
            default -> queries.statementWithTarget(i, to);
        }
    }

    private void optional(int from, int to) {
        if (from < to) {
            queries.expression(from, to);
        }
    }

    /** How far to go may be an expression: {@code FETCH RELATIVE f() FROM c INTO x}. */
    private void direction(int i, int to) {
        int from = piece.find(PlpgsqlWord.FROM, i, to);
        int in = piece.find(PlpgsqlWord.IN, i, to);
        if (Math.min(from, in) < to) {
            optional(i + 1, Math.min(from, in));
        }
    }

    /** RETURN [expression], RETURN NEXT [expression], RETURN QUERY statement, RETURN QUERY EXECUTE text. A variable cannot take these words away. */
    private void result(int i, int to) {
        if (piece.is(i + 1, PlpgsqlWord.NEXT)) {
            optional(i + 2, to);
        } else if (!piece.is(i + 1, PlpgsqlWord.QUERY)) {
            optional(i + 1, to);
        } else if (piece.is(i + 2, PlpgsqlWord.EXECUTE)) {
            queries.dynamic(i, i + 3, to);
        } else {
            queries.statement(i + 2, to);
        }
    }

    /** OPEN of a cursor that has its query, perhaps with arguments, or [NO] SCROLL FOR one. */
    private void cursor(int i, int behindName, int to) {
        if (behindName >= to || tokens.is(behindName, TokenKind.LEFT_PARENTHESIS)) {
            optional(behindName, to);
            return;
        }
        int query = piece.require(PlpgsqlWord.FOR, behindName) + 1;
        if (piece.is(query, PlpgsqlWord.EXECUTE)) {
            queries.dynamic(i, query + 1, to);
        } else {
            queries.statement(query, to);
        }
    }

    /** Between the IN and the LOOP of a FOR: a range, a bound cursor, a text made at run time, or a query. */
    void loopOver(int from, int to) {
        if (piece.is(from, PlpgsqlWord.EXECUTE)) {
            queries.dynamic(from, from + 1, to);
        } else if (piece.find(TokenKind.DOT_DOT, from, to) < to) {
            queries.expression(piece.is(from, PlpgsqlWord.REVERSE) ? from + 1 : from, to);
        } else if (isCursor(from, to)) {
            optional(piece.behindVariable(from), to);
        } else {
            queries.statement(from, to);
        }
    }

    /** {@code name} or {@code name(arguments)} and no more; the one query of that form is VALUES (…). */
    private boolean isCursor(int from, int to) {
        if (!tokens.isName(from) || CteReader.startsQuery(tokens, from)) {
            return false;
        }
        int at = piece.behindVariable(from);
        return at == to || (tokens.is(at, TokenKind.LEFT_PARENTHESIS) && tokens.partner(at) == to - 1);
    }

    /** {@code name [CONSTANT] type [:= expression]}, {@code name [[NO] SCROLL] CURSOR [(…)] FOR query}, {@code name ALIAS FOR other}. */
    void declaration(int i) {
        int to = piece.size();
        int at = i + 1;
        if (piece.is(at, PlpgsqlWord.NO)) {
            at++;
        }
        if (piece.is(at, PlpgsqlWord.SCROLL)) {
            at++;
        }
        if (piece.is(at, PlpgsqlWord.CURSOR)) {
            boundCursor(at + 1, to);
            return;
        }
        int value = Math.min(piece.find(PlpgsqlWord.DEFAULT, at, to), piece.find(TokenKind.COLON_EQUALS, at, to));
        for (int k = at; k < value; k++) {
            if (tokens.isOperator(k, "=")) {
                value = k;
            }
        }
        if (value < to) {
            queries.expression(value + 1, to);
        }
    }

    private void boundCursor(int i, int to) {
        int at = tokens.is(i, TokenKind.LEFT_PARENTHESIS) ? tokens.partner(i) + 1 : i;
        if (!piece.is(at, PlpgsqlWord.FOR) && !piece.is(at, PlpgsqlWord.IS)) {
            throw new Unreadable("expected FOR behind CURSOR");
        }
        queries.statement(at + 1, to);
    }
}
