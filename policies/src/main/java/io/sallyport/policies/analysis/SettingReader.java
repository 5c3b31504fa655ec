package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What SET and RESET change, alone or as part of ALTER (gram.y, set_rest and reset_rest). Reads on where it knows no more. */
final class SettingReader {
    private static final String UNKNOWN = "?";
    private static final String ALL = "*";

    private final TokenList tokens;
    private final Draft draft;

    SettingReader(TokenList tokens, Draft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    /** SET or RESET stands at the walker; false when neither does. */
    boolean change(Walker walker, Scope scope) {
        if (walker.take(Keyword.SET)) {
            set(walker, scope);
            return true;
        }
        if (walker.take(Keyword.RESET)) {
            reset(walker, scope);
            return true;
        }
        return false;
    }

    /** What follows SET [SESSION | LOCAL]. */
    void set(Walker walker, Scope scope) {
        int next = walker.at() + 1;
        if (tokens.is(next, Keyword.TO) || tokens.isOperator(next, "=") || tokens.is(next, Keyword.FROM)) {
            generic(walker, scope);
        } else if (walker.take(Keyword.TIME)) {
            walker.skip();
            draft.sets(new SettingChange("timezone", value(walker), scope));
        } else if (walker.take(Keyword.ROLE)) {
            draft.sets(new SettingChange("role", value(walker), scope));
        } else if (walker.take(Keyword.SESSION, Keyword.AUTHORIZATION)) {
            draft.sets(new SettingChange("session_authorization", value(walker), scope));
        } else if (walker.take(Keyword.SCHEMA)) {
            draft.sets(new SettingChange("search_path", value(walker), scope));
        } else if (walker.takeWord("names")) {
            draft.sets(new SettingChange("client_encoding", value(walker), scope));
        } else if (walker.takeWord("xml")) {
            walker.skip();
            draft.sets(new SettingChange("xmloption", value(walker), scope));
        } else if (walker.take(Keyword.TRANSACTION)) {
            modes(walker, "transaction_", Scope.TRANSACTION);
        } else if (walker.takeWord("characteristics")) {
            modes(walker, "default_transaction_", Scope.SESSION);
        } else {
            generic(walker, scope);
        }
    }

    /** What follows RESET. */
    void reset(Walker walker, Scope scope) {
        if (walker.take(Keyword.ALL)) {
            draft.sets(new SettingChange(ALL, null, scope));
        } else if (walker.take(Keyword.TIME)) {
            walker.skip();
            draft.sets(new SettingChange("timezone", null, scope));
        } else if (walker.take(Keyword.SESSION, Keyword.AUTHORIZATION)) {
            draft.sets(new SettingChange("session_authorization", null, scope));
        } else if (walker.take(Keyword.TRANSACTION)) {
            draft.sets(new SettingChange("transaction_isolation", null, scope));
        } else {
            draft.sets(new SettingChange(name(walker), null, scope));
        }
    }

    /** {@code name TO | = value, …}, {@code name FROM CURRENT}. */
    private void generic(Walker walker, Scope scope) {
        String name = name(walker);
        if (!walker.take(Keyword.TO) && !walker.atEnd() && tokens.isOperator(walker.at(), "=")) {
            walker.skip();
        }
        draft.sets(new SettingChange(name, walker.take(Keyword.FROM, Keyword.CURRENT) ? null : value(walker), scope));
    }

    private String name(Walker walker) {
        if (walker.atEnd() || !Walker.isWord(tokens.kind(walker.at()))) {
            return UNKNOWN;
        }
        int first = walker.at();
        int last = FunctionCalls.lastOfName(tokens, first);
        while (walker.at() <= last) {
            walker.skip();
        }
        // Compared without regard to case, quoted or not (guc.c, guc_name_compare).
        return FunctionCalls.joined(tokens, first, last).toLowerCase(Locale.ROOT);
    }

    /** Literals and words with a comma between them; null for DEFAULT and for what is neither. */
    private @Nullable String value(Walker walker) {
        StringBuilder value = new StringBuilder();
        do {
            String one = one(walker);
            if (one == null) {
                return null;
            }
            value.append(value.isEmpty() ? "" : ", ").append(one);
        } while (walker.take(TokenKind.COMMA));
        return value.toString();
    }

    private @Nullable String one(Walker walker) {
        String sign = "";
        if (!walker.atEnd() && (tokens.isOperator(walker.at(), "-") || tokens.isOperator(walker.at(), "+"))) {
            sign = tokens.raw(walker.at());
            walker.skip();
        }
        int i = walker.at();
        if (walker.atEnd() || tokens.is(i, Keyword.DEFAULT)) {
            return null;
        }
        boolean word = Walker.isWord(tokens.kind(i));
        if (!word && !tokens.isString(i) && !tokens.is(i, TokenKind.NUMBER)) {
            return null;
        }
        walker.skip();
        return sign + (word ? tokens.name(i) : tokens.isString(i) ? tokens.string(i) : tokens.raw(i));
    }

    /** {@code [AS TRANSACTION] ISOLATION LEVEL … | READ ONLY | READ WRITE | [NOT] DEFERRABLE, …}: each a setting of its own. */
    private void modes(Walker walker, String prefix, Scope scope) {
        while (!walker.atEnd()) {
            if (walker.takeWord("isolation")) {
                walker.skip();
                draft.sets(new SettingChange(prefix + "isolation", level(walker), scope));
            } else if (walker.takeWord("read")) {
                String readOnly = walker.sees(Keyword.ONLY) ? "on" : "off";
                draft.sets(new SettingChange(prefix + "read_only", readOnly, scope));
            } else if (walker.takeWord("deferrable")) {
                String on = tokens.is(walker.at() - 2, Keyword.NOT) ? "off" : "on";
                draft.sets(new SettingChange(prefix + "deferrable", on, scope));
            } else {
                walker.skip();
            }
        }
    }

    private @Nullable String level(Walker walker) {
        String first = one(walker);
        boolean two = "read".equals(first) || "repeatable".equals(first);
        return two ? first + " " + one(walker) : first;
    }
}
