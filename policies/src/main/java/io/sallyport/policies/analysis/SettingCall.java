package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Settings that change without SET: {@code set_config('name', 'value', local)} and {@code UPDATE pg_settings SET setting = 'value'}. */
final class SettingCall {
    private static final String UNKNOWN = "?";

    private SettingCall() {}

    /** The call whose arguments stand in the parentheses that open at {@code open}. Anything but a literal name is unknown. */
    static SettingChange setConfig(TokenList tokens, int open) {
        int close = tokens.partner(open);
        int second = next(tokens, open + 1, close) + 1;
        int third = next(tokens, second, close) + 1;
        boolean local = third + 1 == close && tokens.is(third, Keyword.TRUE);
        String name = literal(tokens, open + 1, second - 1);
        return new SettingChange(
                name == null ? UNKNOWN : name.toLowerCase(Locale.ROOT),
                literal(tokens, second, third - 1),
                local ? Scope.TRANSACTION : Scope.SESSION);
    }

    /** Whether an UPDATE of that table calls set_config for every row (system_views.sql, rule pg_settings_u). */
    static boolean isSettingsView(TableName table) {
        return table.name().equals("pg_settings")
                && (table.schema() == null || table.schema().equals("pg_catalog"));
    }

    /** The guarding settings that the condition of an UPDATE of pg_settings names, however it does. */
    static List<SettingChange> named(TokenList tokens, int from, int to) {
        List<SettingChange> named = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String name = tokens.isString(i) ? tokens.string(i).toLowerCase(Locale.ROOT) : "";
            if (GuardingSettings.contains(name)) {
                named.add(new SettingChange(name, null, Scope.SESSION));
            }
        }
        return named;
    }

    /** UPDATE pg_settings, its SET list and the rest in the tokens [from, to). */
    static SettingChange updated(TokenList tokens, int from, int to) {
        Walker walker = new Walker(tokens, from, to);
        walker.seek(Keyword.WHERE);
        int where = walker.at();
        walker.seek(Keyword.RETURNING);
        int end = walker.at();
        boolean named = where + 4 == end && isColumn(tokens, where + 1, "name") && tokens.isOperator(where + 2, "=");
        String name = named ? literal(tokens, where + 3, end) : null;
        boolean single = isColumn(tokens, from, "setting") && tokens.isOperator(from + 1, "=");
        return new SettingChange(
                name == null ? UNKNOWN : name.toLowerCase(Locale.ROOT),
                single ? literal(tokens, from + 2, where) : null,
                Scope.SESSION);
    }

    private static boolean isColumn(TokenList tokens, int i, String name) {
        return tokens.isName(i) && tokens.name(i).equals(name);
    }

    /** The comma between this argument and the next, or the end. */
    private static int next(TokenList tokens, int from, int to) {
        Walker walker = new Walker(tokens, Math.min(from, to), to);
        while (!walker.atEnd() && !walker.sees(TokenKind.COMMA)) {
            if (!walker.takeGroup()) {
                walker.skip();
            }
        }
        return walker.at();
    }

    /** The value of a literal that is all there is, but for parentheses and casts around it. */
    private static @Nullable String literal(TokenList tokens, int from, int to) {
        int start = from;
        int end = to;
        while (end - start > 1) {
            boolean cast = tokens.is(start, Keyword.CAST) && tokens.is(start + 1, TokenKind.LEFT_PARENTHESIS);
            int open = cast ? start + 1 : start;
            int uncast = lastCast(tokens, start, end);
            if (uncast < end) {
                end = uncast;
            } else if (tokens.is(open, TokenKind.LEFT_PARENTHESIS) && tokens.partner(open) == end - 1) {
                int close = end - 1;
                end = cast ? Boundaries.next(tokens, Keyword.AS, open + 1, close) : close;
                start = open + 1;
            } else {
                boolean typed = end - start == 2 && Walker.isWord(tokens.kind(start));
                return typed && tokens.isString(start + 1) ? tokens.string(start + 1) : null;
            }
        }
        return end - start == 1 && tokens.isString(start) ? tokens.string(start) : null;
    }

    /** Where the last {@code ::type} outside parentheses begins, or {@code to}; an operator binds looser, so there must be none. */
    private static int lastCast(TokenList tokens, int from, int to) {
        int last = to;
        for (int i = from; i < to; i = Boundaries.past(tokens, i)) {
            if (tokens.is(i, TokenKind.OPERATOR)) {
                return to;
            }
            last = tokens.is(i, TokenKind.TYPECAST) ? i : last;
        }
        return last;
    }
}
