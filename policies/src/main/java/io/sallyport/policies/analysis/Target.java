package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.structure.ParserBudget;
import io.sallyport.policies.analysis.structure.Structure;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an UPDATE or DELETE writes, as its conditions see it.
 *
 * @param table the token with the table's own name; -1 where every column counts as one of the target
 * @param visible the token with the name that conditions use: the alias, where there is one
 * @param from begin of what USING or FROM lists beside it
 * @param to end of that; {@code from} when there is nothing
 * @param itself whether the same table may stand beside it, so that {@code t.id = t2.id} may be no condition
 */
record Target(int table, int visible, int from, int to, boolean itself) {
    /** Where no single table is meant. */
    static final Target ANY = new Target(-1, -1, 0, 0, false);

    static Target alone(int table, int visible) {
        return new Target(table, visible, 0, 0, false);
    }

    Target joined(Reading reading, int from, int to) {
        return new Target(table, visible, from, to, isReadIn(reading, from, to));
    }

    /** The scope of a query's own condition: every column may matter. */
    Target inQuery(boolean ofItself) {
        return new Target(table, -1, 0, 0, ofItself);
    }

    Structure structure(TokenList tokens, ParserBudget budget, Map<String, String> ctes) {
        boolean qualified = table >= 2 && tokens.is(table - 1, TokenKind.DOT);
        return new Structure(
                budget,
                qualified ? tokens.canonical(table - 2, table - 1) : null,
                table < 0 ? "" : tokens.canonical(table, table + 1),
                visible < 0 ? "" : tokens.canonical(visible, visible + 1),
                tokens.canonical(from, to),
                ctes);
    }

    String canonicalName(TokenList tokens) {
        return tokens.canonical(table, table + 1);
    }

    /** Whether a column with that qualifier is the target's. */
    boolean isCalled(TokenList tokens, int qualifier) {
        return visible < 0 || tokens.name(qualifier).equals(tokens.name(visible));
    }

    /** Whether the same table, or a CTE that may be it, is named as a relation in the tokens [from, to). */
    boolean isReadIn(Reading reading, int from, int to) {
        TokenList tokens = reading.tokens();
        String name = table < 0 ? null : tokens.name(table);
        for (int i = from; i < to; i++) {
            if (isCut(tokens, i)) {
                i = tokens.partner(i);
            } else if (Walker.isWord(tokens.kind(i)) && !tokens.is(i + 1, TokenKind.DOT) && isThis(reading, i, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isThis(Reading reading, int i, @Nullable String name) {
        String word = reading.tokens().name(i);
        int body = reading.cteBody(word);
        return word.equals(name) || (body > 0 && !isCut(reading.tokens(), body));
    }

    /** {@code (SELECT … LIMIT 10 FOR UPDATE SKIP LOCKED)}, as job queues have it: not the whole of any table. */
    static boolean isCut(TokenList tokens, int open) {
        if (!tokens.is(open, TokenKind.LEFT_PARENTHESIS) || !tokens.is(open + 1, Keyword.SELECT)) {
            return false;
        }
        int close = tokens.partner(open);
        int limit = Boundaries.next(tokens, Keyword.LIMIT, open + 1, close);
        boolean some = tokens.is(limit + 1, TokenKind.NUMBER) || tokens.is(limit + 1, TokenKind.PARAMETER);
        return (limit < close && some) || Boundaries.next(tokens, Keyword.FETCH, open + 1, close) < close;
    }
}
