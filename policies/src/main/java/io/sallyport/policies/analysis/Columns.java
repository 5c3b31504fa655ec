package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Set;

/** Columns in tokens. */
final class Columns {
    private static final Set<String> SYSTEM = Set.of("ctid", "tableoid", "xmin", "xmax", "cmin", "cmax");

    private Columns() {}

    /** The first token behind the column that starts at {@code from}, or -1. */
    static int end(TokenList tokens, int from, int to) {
        if (from >= to || !tokens.isName(from)) {
            return -1;
        }
        int i = from + 1;
        while (i + 1 < to && tokens.is(i, TokenKind.DOT) && Walker.isWord(tokens.kind(i + 1))) {
            i += 2;
        }
        return i;
    }

    /** Columns that every table has, never NULL (catalog/heap.c, SysAtt). */
    static boolean isSystem(TokenList tokens, int i) {
        return SYSTEM.contains(tokens.name(i));
    }

    /** {@code tableoid}: the same for all rows, but where the table has partitions or children. */
    static boolean isTableNumber(TokenList tokens, int i) {
        // Most names are too short to be looked at.
        return tokens.end(i) - tokens.start(i) >= 8 && tokens.name(i).equals("tableoid");
    }

    /** {@code x} and {@code x}, {@code t.x} and {@code x}: the same last name, and not two different tables. */
    static boolean same(TokenList tokens, int from, int to, int otherFrom, int otherTo) {
        if (end(tokens, from, to) != to || end(tokens, otherFrom, otherTo) != otherTo) {
            return false;
        }
        boolean bothQualified = to - from > 1 && otherTo - otherFrom > 1;
        return tokens.name(to - 1).equals(tokens.name(otherTo - 1))
                && (!bothQualified || tokens.name(to - 3).equals(tokens.name(otherTo - 3)));
    }

    /** {@code (a, t.b)}, each part a column and nothing else. */
    static boolean isGroup(TokenList tokens, int from, int to) {
        int i = from + 1;
        while (i < to) {
            i = end(tokens, i, to - 1);
            if (i < 0 || (i < to - 1 && !tokens.is(i, TokenKind.COMMA))) {
                return false;
            }
            i++;
        }
        return true;
    }

    /** {@code lower(x)}: a function of one column, but for those that can hide one. */
    static boolean isCallOfColumn(TokenList tokens, int from, int to) {
        int open = Operands.lastOfName(tokens, from) + 1;
        boolean call = tokens.isName(from)
                && tokens.is(open, TokenKind.LEFT_PARENTHESIS)
                && tokens.partner(open) == to - 1
                && end(tokens, open + 1, to - 1) == to - 1;
        return call
                && switch (tokens.keyword(from)) {
                    case COALESCE, NULLIF, GREATEST, LEAST, ROW, VALUES, EXISTS -> false;
                    default -> true;
                };
    }

    /** {@code data -> 'a' ->> 'b'}, {@code data::jsonb}. */
    static boolean isField(TokenList tokens, int from, int to) {
        int i = end(tokens, from, to);
        while (i > 0 && i + 1 < to) {
            boolean arrow = tokens.isOperator(i, "->")
                    || tokens.isOperator(i, "->>")
                    || tokens.isOperator(i, "#>")
                    || tokens.isOperator(i, "#>>");
            boolean key = tokens.isString(i + 1)
                    || tokens.is(i + 1, TokenKind.NUMBER)
                    || tokens.is(i + 1, TokenKind.PARAMETER);
            boolean cast = tokens.is(i, TokenKind.TYPECAST) && Walker.isWord(tokens.kind(i + 1));
            if (!(arrow && key) && !cast) {
                return false;
            }
            i += 2;
        }
        return i == to;
    }
}
