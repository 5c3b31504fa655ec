package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * {@code SELECT g.name FROM f(1) g} calls {@code name} with what f gives, where that is no row with such a field: the text does not tell
 * (parse_expr.c, transformColumnRef; parse_relation.c, makeWholeRowVar). A select list stands before its FROM clause, so both are kept until the
 * statement is over.
 */
final class CalledItems {
    private final TokenList tokens;
    private final BitSet qualified = new BitSet();
    /** Names of functions' results, with the columns that each of that name has for certain: a column goes before a function of its name. */
    private final Map<String, Set<String>> items = new HashMap<>();

    CalledItems(TokenList tokens) {
        this.tokens = tokens;
    }

    /** A name of several parts, the last one there, that may be such a call. */
    void qualified(int last) {
        qualified.set(last);
    }

    /** A function in a FROM clause; its name ends there, and a parenthesis follows. */
    void item(int last) {
        int at = tokens.partner(last + 1) + 1;
        // ROWS FROM (f(1)) g
        while (tokens.is(at, TokenKind.RIGHT_PARENTHESIS)) {
            at++;
        }
        at = tokens.is(at, Keyword.AS) ? at + 1 : at;
        boolean aliased = tokens.isName(at);
        Set<String> columns = aliased ? columns(at + 1) : Set.of();
        items.merge(tokens.name(aliased ? at : last), columns, CalledItems::both);
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        Set<String> both = new HashSet<>(some);
        both.retainAll(others);
        return both;
    }

    /** {@code (a, b int)} behind an alias. */
    private Set<String> columns(int open) {
        Set<String> columns = new HashSet<>();
        if (tokens.is(open, TokenKind.LEFT_PARENTHESIS)) {
            for (int i = open + 1; i < tokens.partner(open); i++) {
                boolean first = i == open + 1 || tokens.is(i - 1, TokenKind.COMMA);
                if (first && tokens.isName(i)) {
                    columns.add(tokens.name(i));
                }
            }
        }
        return columns;
    }

    void resolve(Draft draft) {
        if (items.isEmpty()) {
            return;
        }
        for (int last = qualified.nextSetBit(0); last >= 0; last = qualified.nextSetBit(last + 1)) {
            String name = tokens.name(last);
            Set<String> columns = items.get(tokens.name(last - 2));
            if (columns != null && !columns.contains(name)) {
                draft.calls(name);
            }
        }
    }
}
