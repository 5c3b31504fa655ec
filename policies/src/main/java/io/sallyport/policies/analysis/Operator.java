package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import org.jspecify.annotations.Nullable;

/**
 * The operator that makes an expression a condition.
 *
 * @param at its first token
 * @param end the token behind it; OPERATOR(…) takes several
 */
record Operator(int at, int end, String text) {
    /** The one comparison outside parentheses, or the first operator behind a column when there is none; null for all that is more involved. */
    static @Nullable Operator find(TokenList tokens, int from, int to) {
        Operator comparison = null;
        Operator first = null;
        for (int i = from; i < to; i = Boundaries.past(tokens, i)) {
            Operator operator = at(tokens, i);
            if (operator != null) {
                first = first == null ? operator : first;
                if (operator.isEquality() || operator.isOrdering()) {
                    if (comparison != null) {
                        return null;
                    }
                    comparison = operator;
                }
                i = operator.end - 1;
            } else if (isInvolved(tokens, i)) {
                return null;
            }
        }
        if (comparison != null) {
            return comparison;
        }
        return first != null && Columns.end(tokens, from, to) == first.at ? first : null;
    }

    private static @Nullable Operator at(TokenList tokens, int i) {
        if (tokens.is(i, TokenKind.OPERATOR)) {
            return new Operator(i, i + 1, tokens.raw(i));
        }
        boolean named = tokens.is(i, Keyword.OPERATOR) && tokens.is(i + 1, TokenKind.LEFT_PARENTHESIS);
        if (!named) {
            return null;
        }
        int close = tokens.partner(i + 1);
        return new Operator(i, close + 1, tokens.raw(close - 1));
    }

    /** These bind looser than a comparison, or have parts of their own. */
    private static boolean isInvolved(TokenList tokens, int i) {
        return switch (tokens.keyword(i)) {
            case IS, ISNULL, NOTNULL, CASE, NOT, IN, LIKE, ILIKE, SIMILAR, OVERLAPS -> true;
            case BETWEEN -> Boundaries.endsOperand(tokens, i - 1);
            default -> tokens.is(i, TokenKind.LEFT_BRACKET) && !tokens.is(i + 1, TokenKind.RIGHT_BRACKET);
        };
    }

    boolean isEquality() {
        return text.equals("=");
    }

    boolean isOrdering() {
        return switch (text) {
            case "<", ">", "<=", ">=", "<>", "!=" -> true;
            default -> false;
        };
    }

    boolean isInequality() {
        return text.equals("<>") || text.equals("!=");
    }

    boolean isReflexive() {
        return text.equals("=") || text.equals("<=") || text.equals(">=");
    }

    /** A pattern stands on its right, and may match everything. */
    boolean isMatch() {
        return text.contains("~") || text.equals("^@");
    }
}
