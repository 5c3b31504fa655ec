package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Set;

/** The shapes of a single condition that tokens can judge. */
final class Atoms {
    /** Values of the session that are written without parentheses; reserved words, so never columns. */
    private static final Set<String> SESSION_VALUES = Set.of(
            "current_catalog",
            "current_date",
            "current_role",
            "current_schema",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "session_user",
            "system_user");

    private Atoms() {}

    /**
     * Whether the tokens name a column, or hold a query. Without either, the condition is the same for every row of the table:
     * {@code $1}, {@code now() > '2020-01-01'}. Types and functions are not columns; in doubt a name is a column.
     */
    static boolean namesColumn(TokenList tokens, int from, int to) {
        for (int i = from; i < to; i++) {
            if (tokens.is(i, Keyword.OPERATOR) && tokens.is(i + 1, TokenKind.LEFT_PARENTHESIS)) {
                i = tokens.partner(i + 1);
            } else if (tokens.is(i, Keyword.SELECT)) {
                int open = i - 1;
                boolean constant = tokens.is(open, TokenKind.LEFT_PARENTHESIS)
                        && !new Walker(tokens, i, tokens.partner(open)).seek(Keyword.FROM);
                if (!constant) {
                    return true;
                }
            } else if (isColumn(tokens, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isColumn(TokenList tokens, int i) {
        boolean name = tokens.isName(i) || (Walker.isWord(tokens.kind(i)) && tokens.is(i - 1, TokenKind.DOT));
        if (!name || tokens.is(i, Keyword.VALUES)) {
            return false;
        }
        boolean type = tokens.is(i - 1, TokenKind.TYPECAST) || tokens.is(i - 1, Keyword.AS) || tokens.isString(i + 1);
        boolean function = tokens.is(i + 1, TokenKind.LEFT_PARENTHESIS);
        boolean qualifier = tokens.is(i + 1, TokenKind.DOT);
        boolean operator = tokens.keyword(i) == Keyword.BETWEEN;
        boolean value = tokens.is(i, TokenKind.IDENTIFIER) && SESSION_VALUES.contains(tokens.raw(i));
        return !type && !value && !function && !operator && !(qualifier && isFunctionOrType(tokens, i));
    }

    /** {@code pg_catalog.now()} and {@code ::pg_catalog.bool}: the last name decides. */
    private static boolean isFunctionOrType(TokenList tokens, int i) {
        int last = i;
        while (tokens.is(last + 1, TokenKind.DOT)) {
            last += 2;
        }
        return tokens.is(last + 1, TokenKind.LEFT_PARENTHESIS);
    }

    /** FALSE, NULL and {@code 1 = 0}: an ORM's way to say "no row". */
    static boolean isFalse(TokenList tokens, int from, int to) {
        if (to - from == 1) {
            return tokens.is(from, Keyword.FALSE) || tokens.is(from, Keyword.NULL);
        }
        boolean numbers = to - from == 3
                && tokens.is(from, TokenKind.NUMBER)
                && tokens.is(to - 1, TokenKind.NUMBER)
                && isPlain(tokens.raw(from))
                && isPlain(tokens.raw(to - 1));
        boolean same = numbers && tokens.raw(from).equals(tokens.raw(to - 1));
        return numbers && (same ? isUnequal(tokens, from + 1) : tokens.isOperator(from + 1, "="));
    }

    /** One spelling for each number, so that different ones are different. */
    private static boolean isPlain(String number) {
        return number.length() == 1
                || (number.charAt(0) != '0' && number.chars().allMatch(Character::isDigit));
    }

    private static boolean isUnequal(TokenList tokens, int i) {
        return tokens.isOperator(i, "<>")
                || tokens.isOperator(i, "!=")
                || tokens.isOperator(i, "<")
                || tokens.isOperator(i, ">");
    }

    /** {@code x = x}, {@code t.x >= x}: the same last name on both sides, and not two different tables. */
    static boolean comparesWithItself(TokenList tokens, int from, int to) {
        int operator = column(tokens, from, to);
        if (operator < 0 || operator >= to || column(tokens, operator + 1, to) != to) {
            return false;
        }
        boolean reflexive = tokens.isOperator(operator, "=")
                || tokens.isOperator(operator, "<=")
                || tokens.isOperator(operator, ">=");
        boolean sameName = tokens.name(operator - 1).equals(tokens.name(to - 1));
        boolean bothQualified = operator - from > 1 && to - operator > 2;
        return reflexive
                && sameName
                && (!bothQualified || tokens.name(operator - 3).equals(tokens.name(to - 3)));
    }

    /** {@code column = value}, {@code column IN (value, …)}, {@code column = ANY (value)}. */
    static boolean selectsByValue(TokenList tokens, int from, int to) {
        int operator = column(tokens, from, to);
        if (operator < 0) {
            return false;
        }
        if (tokens.is(operator, Keyword.IN)) {
            return isGroupOfValues(tokens, operator + 1, to);
        }
        boolean equals = tokens.isOperator(operator, "=");
        boolean any = equals && tokens.is(operator + 1, Keyword.ANY);
        return any ? isGroupOfValues(tokens, operator + 2, to) : equals && isValue(tokens, operator + 1, to);
    }

    /** Another comparison of a column with a value, IS [NOT] NULL, a boolean column, CURRENT OF. */
    static boolean restricts(TokenList tokens, int from, int to) {
        if (tokens.is(from, Keyword.CURRENT) && tokens.is(from + 1, Keyword.OF)) {
            return true;
        }
        int start = tokens.is(from, Keyword.NOT) ? from + 1 : from;
        int operator = column(tokens, start, to);
        if (operator == to) {
            return true;
        }
        if (operator < 0 || start > from) {
            return false;
        }
        if (tokens.is(operator, Keyword.IS)) {
            int nullWord = tokens.is(operator + 1, Keyword.NOT) ? operator + 2 : operator + 1;
            return tokens.is(nullWord, Keyword.NULL) && nullWord + 1 == to;
        }
        boolean comparison =
                isUnequal(tokens, operator) || tokens.isOperator(operator, "<=") || tokens.isOperator(operator, ">=");
        return comparison && isValue(tokens, operator + 1, to);
    }

    /** The first token behind the column that starts at {@code from}, or -1. */
    private static int column(TokenList tokens, int from, int to) {
        if (from >= to || !tokens.isName(from)) {
            return -1;
        }
        int i = from + 1;
        while (i + 1 < to && tokens.is(i, TokenKind.DOT) && Walker.isWord(tokens.kind(i + 1))) {
            i += 2;
        }
        return i;
    }

    /** Whether [from, to) is one literal or parameter, perhaps signed, perhaps with a simple cast. */
    private static boolean isValue(TokenList tokens, int from, int to) {
        int i = tokens.isOperator(from, "-") ? from + 1 : from;
        if (!tokens.isString(i) && !tokens.is(i, TokenKind.NUMBER) && !tokens.is(i, TokenKind.PARAMETER)) {
            return i + 1 == to && (tokens.is(i, Keyword.TRUE) || tokens.is(i, Keyword.FALSE));
        }
        i++;
        if (tokens.is(i, TokenKind.TYPECAST) && Walker.isWord(tokens.kind(i + 1))) {
            i += 2;
            if (tokens.is(i, TokenKind.LEFT_BRACKET) && tokens.is(i + 1, TokenKind.RIGHT_BRACKET)) {
                i += 2;
            }
        }
        return i == to;
    }

    private static boolean isGroupOfValues(TokenList tokens, int open, int to) {
        if (!tokens.is(open, TokenKind.LEFT_PARENTHESIS) || tokens.partner(open) != to - 1) {
            return false;
        }
        int start = open + 1;
        for (int i = start; i < to; i++) {
            if (tokens.is(i, TokenKind.COMMA) || i == to - 1) {
                if (!isValue(tokens, start, i)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }
}
