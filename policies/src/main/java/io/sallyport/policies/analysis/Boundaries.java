package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** Finds where the parts of a condition end: outside parentheses, brackets and CASE … END, past the AND of a BETWEEN. */
final class Boundaries {
    private Boundaries() {}

    /** The next such word in [from, to), or {@code to}. */
    static int next(TokenList tokens, Keyword keyword, int from, int to) {
        int inside = 0;
        int betweens = 0;
        for (int i = from; i < to; i = past(tokens, i)) {
            inside += opens(tokens, i);
            if (inside == 0) {
                if (isBetween(tokens, i, from)) {
                    betweens++;
                } else if (betweens > 0 && tokens.is(i, Keyword.AND)) {
                    betweens--;
                } else if (tokens.is(i, keyword)) {
                    return i;
                }
            }
        }
        return to;
    }

    static boolean isQuery(TokenList tokens, int i) {
        return switch (tokens.keyword(i)) {
            case SELECT, VALUES, TABLE, WITH -> true;
            default -> false;
        };
    }

    static boolean hasBetween(TokenList tokens, int from, int to) {
        for (int i = from; i < to; i = past(tokens, i)) {
            if (isBetween(tokens, i, from)) {
                return true;
            }
        }
        return false;
    }

    /** The token behind this one, or behind the group that it opens. */
    static int past(TokenList tokens, int i) {
        return tokens.is(i, TokenKind.LEFT_PARENTHESIS) ? tokens.partner(i) + 1 : i + 1;
    }

    private static int opens(TokenList tokens, int i) {
        if (tokens.is(i, TokenKind.LEFT_BRACKET) || tokens.is(i, Keyword.CASE)) {
            return 1;
        }
        return tokens.is(i, TokenKind.RIGHT_BRACKET) || tokens.is(i, Keyword.END) ? -1 : 0;
    }

    /** The operator stands behind an operand; a column may have the name too. */
    private static boolean isBetween(TokenList tokens, int i, int from) {
        if (!tokens.is(i, Keyword.BETWEEN)) {
            return false;
        }
        int before = tokens.is(i - 1, Keyword.NOT) ? i - 2 : i - 1;
        return before >= from && endsOperand(tokens, before);
    }

    static boolean endsOperand(TokenList tokens, int i) {
        return switch (tokens.kind(i)) {
            case IDENTIFIER -> tokens.keyword(i).canBeName() || endsValue(tokens.keyword(i));
            case QUOTED_IDENTIFIER, UNICODE_IDENTIFIER, STRING, ESCAPE_STRING, UNICODE_STRING, DOLLAR_STRING -> true;
            case BIT_STRING, NUMBER, PARAMETER, RIGHT_PARENTHESIS, RIGHT_BRACKET -> true;
            case OPERATOR, TYPECAST, DOT, DOT_DOT, COLON, COLON_EQUALS, EQUALS_GREATER, COMMA, SEMICOLON -> false;
            case LEFT_PARENTHESIS, LEFT_BRACKET, ERROR, END -> false;
        };
    }

    private static boolean endsValue(Keyword keyword) {
        return switch (keyword) {
            case TRUE, FALSE, NULL, END, CURRENT_USER, SESSION_USER, USER -> true;
            default -> false;
        };
    }
}
