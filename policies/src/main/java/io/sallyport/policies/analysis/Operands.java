package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Set;

/** What stands in an expression: columns of the target, of others, queries, values that only the server knows. */
final class Operands {
    /** A column of the target, or one without qualifier, which may be. */
    static final int TARGET = 1;
    /** A column of another relation, or of what surrounds the statement. */
    static final int OTHER = 2;
    /** A query with a FROM clause. */
    static final int QUERY = 4;
    /** A parameter, a function, a value of the session. */
    static final int UNKNOWN = 8;

    /** Values of the session that are written without parentheses; reserved words, so never columns. */
    private static final Set<String> SESSION_VALUES = Set.of(
            "current_catalog",
            "current_date",
            "current_role",
            "current_schema",
            "current_time",
            "current_timestamp",
            "current_user",
            "localtime",
            "localtimestamp",
            "session_user",
            "system_user");

    private Operands() {}

    /** Whether what [from, to) says is the same for every row of the target, as far as the tokens tell. */
    static boolean isSameForAllRows(TokenList tokens, Target target, int from, int to) {
        return (of(tokens, target, from, to) & (TARGET | QUERY)) == 0;
    }

    static int of(TokenList tokens, Target target, int from, int to) {
        int found = 0;
        for (int i = from; i < to; i++) {
            TokenKind kind = tokens.kind(i);
            if (kind == TokenKind.PARAMETER) {
                found |= UNKNOWN;
            } else if (tokens.is(i, Keyword.OPERATOR) && tokens.is(i + 1, TokenKind.LEFT_PARENTHESIS)) {
                i = tokens.partner(i + 1);
            } else if (tokens.is(i, Keyword.SELECT) || tokens.is(i, Keyword.TABLE)) {
                found |= readsTable(tokens, i) ? QUERY : 0;
            } else if (Walker.isWord(kind) && !tokens.is(i - 1, TokenKind.DOT)) {
                int last = lastOfName(tokens, i);
                found |= word(tokens, target, i, last);
                i = last;
            }
        }
        return found;
    }

    /** How many columns are named in there, of whatever table; a query in there counts for many. */
    static int columns(TokenList tokens, int from, int to) {
        int columns = 0;
        for (int i = from; i < to; i++) {
            if (tokens.is(i, Keyword.SELECT)) {
                return Integer.MAX_VALUE;
            }
            if (Walker.isWord(tokens.kind(i)) && !tokens.is(i - 1, TokenKind.DOT)) {
                int last = lastOfName(tokens, i);
                columns += (word(tokens, Target.ANY, i, last) & (TARGET | OTHER)) != 0 ? 1 : 0;
                i = last;
            }
        }
        return columns;
    }

    private static boolean readsTable(TokenList tokens, int select) {
        boolean alone = tokens.is(select - 1, TokenKind.LEFT_PARENTHESIS);
        return tokens.is(select, Keyword.TABLE)
                || !alone
                || new Walker(tokens, select, tokens.partner(select - 1)).seek(Keyword.FROM);
    }

    /** {@code a.b.c} is one name; {@code t.*} ends at t. */
    static int lastOfName(TokenList tokens, int i) {
        int last = i;
        while (tokens.is(last + 1, TokenKind.DOT) && Walker.isWord(tokens.kind(last + 2))) {
            last += 2;
        }
        return last;
    }

    static boolean isSessionValue(TokenList tokens, int i) {
        return tokens.is(i, TokenKind.IDENTIFIER) && SESSION_VALUES.contains(tokens.raw(i));
    }

    private static int word(TokenList tokens, Target target, int i, int last) {
        if (tokens.is(i - 1, TokenKind.TYPECAST) || tokens.is(i - 1, Keyword.AS) || tokens.is(i - 1, Keyword.COLLATE)) {
            return 0;
        }
        if (tokens.is(last + 1, TokenKind.LEFT_PARENTHESIS)) {
            return last > i || isCalled(tokens, i) ? UNKNOWN : 0;
        }
        if (last == i && isSessionValue(tokens, i)) {
            return UNKNOWN;
        }
        if (!tokens.isName(i) || tokens.isString(last + 1) || isOperator(tokens.keyword(i))) {
            return 0;
        }
        if (Columns.isTableNumber(tokens, last)) {
            return UNKNOWN;
        }
        int qualifier = tokens.is(last + 1, TokenKind.DOT) ? last : last - 2;
        return qualifier < i || target.isCalled(tokens, qualifier) ? TARGET : OTHER;
    }

    /** Words before a parenthesis that call nothing; COALESCE and its kin are folded where their arguments are known. */
    private static boolean isCalled(TokenList tokens, int i) {
        return switch (tokens.keyword(i)) {
            case COALESCE, NULLIF, ROW, VALUES, EXISTS, BETWEEN -> false;
            case IS, ISNULL, NOTNULL, LIKE, ILIKE, SIMILAR, OVERLAPS -> false;
            default -> tokens.isName(i) || tokens.keyword(i).canBeFunction();
        };
    }

    private static boolean isOperator(Keyword keyword) {
        return keyword == Keyword.BETWEEN || keyword == Keyword.VALUES;
    }
}
