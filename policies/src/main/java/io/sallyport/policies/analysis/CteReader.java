package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** WITH lists, and the statements in them. */
final class CteReader {
    private final Reading reading;
    private final TokenList tokens;

    CteReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    /** Reads {@code WITH [RECURSIVE] name [(…)] AS [[NOT] MATERIALIZED] (…) [SEARCH …] [CYCLE …], …} and stops at the main statement. */
    void list(Walker walker, Draft draft) {
        walker.expect(Keyword.WITH);
        // The word is not reserved: WITH recursive AS (…) names a CTE.
        boolean named =
                tokens.is(walker.at() + 1, Keyword.AS) || tokens.is(walker.at() + 1, TokenKind.LEFT_PARENTHESIS);
        boolean recursive = !named && walker.take(Keyword.RECURSIVE);
        do {
            int name = walker.at();
            walker.name();
            walker.takeGroup();
            walker.expect(Keyword.AS);
            walker.take(Keyword.NOT);
            walker.take(Keyword.MATERIALIZED);
            if (!walker.sees(TokenKind.LEFT_PARENTHESIS)) {
                throw new Unreadable("a WITH list that cannot be followed");
            }
            if (recursive) {
                reading.addCte(name, walker.at());
            }
            body(walker.at(), draft);
            reading.addCte(name, walker.at());
            walker.takeGroup();
            searchAndCycle(walker);
        } while (walker.take(TokenKind.COMMA));
    }

    private static void searchAndCycle(Walker walker) {
        if (walker.take(Keyword.SEARCH)) {
            walker.seek(Keyword.SET);
            walker.expect(Keyword.SET);
            walker.name();
        }
        if (walker.take(Keyword.CYCLE)) {
            walker.seek(Keyword.USING);
            walker.expect(Keyword.USING);
            walker.name();
        }
    }

    /** Whether a parenthesis behind AS or MATERIALIZED holds a statement: the body of a CTE, wherever its WITH stands. */
    boolean isBody(int open) {
        Keyword before = tokens.keyword(open - 1);
        return (before == Keyword.AS || before == Keyword.MATERIALIZED)
                && (startsQuery(tokens, open + 1) || startsWrite(tokens, open + 1, tokens.partner(open)));
    }

    static boolean startsQuery(TokenList tokens, int i) {
        return switch (tokens.keyword(i)) {
            case SELECT, VALUES, TABLE, WITH -> true;
            default -> tokens.is(i, TokenKind.LEFT_PARENTHESIS);
        };
    }

    /** DELETE FROM, INSERT INTO and MERGE INTO cannot be anything else, UPDATE needs a SET; all four words may also name columns. */
    static boolean startsWrite(TokenList tokens, int i, int to) {
        return switch (tokens.keyword(i)) {
            case DELETE -> tokens.is(i + 1, Keyword.FROM);
            case INSERT, MERGE -> tokens.is(i + 1, Keyword.INTO);
            case UPDATE -> new Walker(tokens, i, to).seek(Keyword.SET);
            default -> false;
        };
    }

    /** Reads the statement in the parentheses that open at {@code open}. */
    void body(int open, Draft draft) {
        int scope = reading.scope();
        StatementFacts inner = new StatementReader(reading).preparable(open + 1, tokens.partner(open));
        reading.closeScope(scope);
        draft.runs(inner);
    }

    /** The name of the CTE whose body opens there, or -1. */
    int nameOf(int open) {
        int i = open - 1;
        while (tokens.is(i, Keyword.MATERIALIZED) || tokens.is(i, Keyword.NOT) || tokens.is(i, Keyword.AS)) {
            i--;
        }
        if (tokens.is(i, TokenKind.RIGHT_PARENTHESIS)) {
            i = tokens.partner(i) - 1;
        }
        return tokens.isName(i) ? i : -1;
    }
}
