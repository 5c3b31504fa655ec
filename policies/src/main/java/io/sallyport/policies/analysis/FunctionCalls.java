package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Set;

/** Calls: a name before a parenthesis, wherever an expression may stand. */
final class FunctionCalls {
    /** Words of the grammar that stand before a parenthesis in definitions and call nothing. */
    private static final Set<String> CLAUSES = Set.of(
            "columns",
            "filter",
            "hash",
            "identity",
            "include",
            "inherits",
            "key",
            "list",
            "options",
            "over",
            "range",
            "reset",
            "set");

    private FunctionCalls() {}

    /** Records the call of the name in the tokens from {@code first} to {@code last}; a parenthesis stands behind. */
    static void called(TokenList tokens, Draft draft, int first, int last) {
        String name = tokens.name(last);
        draft.calls(first == last ? name : joined(tokens, first, last));
        if (name.equals("set_config")) {
            draft.sets(SettingCall.setConfig(tokens, last + 1));
        }
    }

    /**
     * {@code (expression).name}, {@code a[1].name} and {@code $1.name} call a function of one argument, or take a field of a row: the text does not
     * tell (parse_func.c, ParseFuncOrColumn). {@code dot} stands behind the parenthesis, bracket or parameter.
     */
    static void attribute(TokenList tokens, Draft draft, int dot) {
        TokenKind before = tokens.kind(dot - 1);
        boolean expression = before == TokenKind.RIGHT_PARENTHESIS
                || before == TokenKind.RIGHT_BRACKET
                || before == TokenKind.PARAMETER;
        for (int i = dot; expression && tokens.is(i, TokenKind.DOT) && Walker.isWord(tokens.kind(i + 1)); i += 2) {
            draft.calls(tokens.name(i + 1));
        }
    }

    /** The calls in a part of a definition. A type with a modifier that is no key word, {@code geometry(point)}, is taken for one too. */
    static void scan(TokenList tokens, Draft draft, int from, int to) {
        for (int i = from; i < to; i++) {
            if (tokens.is(i, TokenKind.DOT)) {
                attribute(tokens, draft, i);
            } else if (Walker.isWord(tokens.kind(i)) && !tokens.is(i - 1, TokenKind.DOT)) {
                int last = lastOfName(tokens, i);
                if (tokens.is(last + 1, TokenKind.LEFT_PARENTHESIS) && isFunction(tokens, i, last)) {
                    called(tokens, draft, i, last);
                }
                i = last;
            }
        }
    }

    private static boolean isFunction(TokenList tokens, int first, int last) {
        if (tokens.is(first - 1, TokenKind.TYPECAST)
                || follows(tokens, first, "references")
                || (tokens.is(first - 1, Keyword.USING) && follows(tokens, first - 1, "exclude"))) {
            return false;
        }
        boolean plain = first == last && tokens.is(first, TokenKind.IDENTIFIER);
        return !plain || (tokens.keyword(first).canBeFunction() && !CLAUSES.contains(tokens.raw(first)));
    }

    private static boolean follows(TokenList tokens, int i, String word) {
        return tokens.is(i - 1, TokenKind.IDENTIFIER) && tokens.raw(i - 1).equals(word);
    }

    static int lastOfName(TokenList tokens, int i) {
        int last = i;
        while (tokens.is(last + 1, TokenKind.DOT) && Walker.isWord(tokens.kind(last + 2))) {
            last += 2;
        }
        return last;
    }

    static String joined(TokenList tokens, int first, int last) {
        StringBuilder name = new StringBuilder(tokens.name(first));
        for (int i = first + 2; i <= last; i += 2) {
            name.append('.').append(tokens.name(i));
        }
        return name.toString();
    }
}
