package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
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

    /** The value of a literal that is all there is, perhaps cast to a type of one word. */
    private static @Nullable String literal(TokenList tokens, int from, int to) {
        boolean cast = to - from == 3 && tokens.is(from + 1, TokenKind.TYPECAST);
        return tokens.isString(from) && (to - from == 1 || cast) ? tokens.string(from) : null;
    }
}
