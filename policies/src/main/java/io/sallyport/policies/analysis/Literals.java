package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** Values in tokens. */
final class Literals {
    private Literals() {}

    /** A condition of literals alone: TRUE, {@code 1 = 0}, {@code 'a' = 'b'}. */
    static Atom compared(TokenList tokens, int from, int to) {
        if (to - from == 1) {
            return switch (tokens.keyword(from)) {
                case TRUE -> Atom.ALWAYS;
                case FALSE, NULL -> Atom.NEVER;
                default -> Atom.UNCLEAR;
            };
        }
        if (to - from != 3 || !tokens.is(from + 1, TokenKind.OPERATOR)) {
            return Atom.UNCLEAR;
        }
        boolean numbers = isPlainNumber(tokens, from) && isPlainNumber(tokens, to - 1);
        boolean texts = tokens.isString(from) && tokens.isString(to - 1);
        if (!numbers && !texts) {
            return Atom.UNCLEAR;
        }
        boolean same = numbers
                ? tokens.raw(from).equals(tokens.raw(to - 1))
                : tokens.string(from).equals(tokens.string(to - 1));
        return switch (tokens.raw(from + 1)) {
            case "=" -> same ? Atom.ALWAYS : Atom.NEVER;
            case "<>", "!=" -> same ? Atom.NEVER : Atom.ALWAYS;
            default -> Atom.UNCLEAR;
        };
    }

    /** One spelling for each number, so that different ones are different. */
    private static boolean isPlainNumber(TokenList tokens, int i) {
        if (!tokens.is(i, TokenKind.NUMBER)) {
            return false;
        }
        String number = tokens.raw(i);
        return number.chars().allMatch(c -> c >= '0' && c <= '9') && (number.length() == 1 || number.charAt(0) != '0');
    }

    static boolean isPositive(TokenList tokens, int i) {
        return isPlainNumber(tokens, i) && !tokens.raw(i).equals("0");
    }

    /** Whether [from, to) is one literal or parameter, perhaps signed, perhaps with a simple cast. */
    static boolean isValue(TokenList tokens, int from, int to) {
        int i = tokens.isOperator(from, "-") ? from + 1 : from;
        if (Walker.isWord(tokens.kind(i)) && tokens.isString(i + 1)) {
            i++;
        }
        if (!tokens.isString(i) && !tokens.is(i, TokenKind.NUMBER) && !tokens.is(i, TokenKind.PARAMETER)) {
            return i + 1 == to && (isTruth(tokens, i) || tokens.is(i, Keyword.NULL));
        }
        i++;
        if (tokens.is(i, TokenKind.TYPECAST) && Walker.isWord(tokens.kind(i + 1))) {
            i = Operands.lastOfName(tokens, i + 1) + 1;
            if (tokens.is(i, TokenKind.LEFT_BRACKET) && tokens.is(i + 1, TokenKind.RIGHT_BRACKET)) {
                i += 2;
            }
        }
        return i == to;
    }

    static boolean isTruth(TokenList tokens, int i) {
        return tokens.is(i, Keyword.TRUE) || tokens.is(i, Keyword.FALSE);
    }

    /** Of booleans there are but two: a list of both is everything. */
    static boolean hasTruth(TokenList tokens, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isTruth(tokens, i)) {
                return true;
            }
        }
        return false;
    }

    static boolean isGroupOfValues(TokenList tokens, int open, int to) {
        if (!tokens.is(open, TokenKind.LEFT_PARENTHESIS) || tokens.partner(open) != to - 1) {
            return false;
        }
        int start = open + 1;
        for (int i = start; i < to; i++) {
            if (tokens.is(i, TokenKind.COMMA) || i == to - 1) {
                if (!isValue(tokens, start, i) || isTruth(tokens, start)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    /** A pattern with a letter or digit in it, and nothing that could let that letter be absent. */
    static boolean isNarrowPattern(TokenList tokens, int from, int to) {
        if (from + 1 != to || !tokens.isString(from)) {
            return false;
        }
        String pattern = tokens.string(from);
        return pattern.chars().anyMatch(c -> Character.isLetterOrDigit(c))
                && pattern.chars().noneMatch(c -> "*?|{[(+\\".indexOf(c) >= 0);
    }

    /** An empty text, and the least row address: nothing is less than they are. */
    static boolean isLeast(TokenList tokens, int i) {
        return tokens.isString(i)
                && (tokens.string(i).isEmpty() || tokens.string(i).startsWith("("));
    }
}
