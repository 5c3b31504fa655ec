package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Locale;

/** {@code (name [[=] value], …)} of EXPLAIN, VACUUM, REINDEX and subscriptions. */
final class Options {
    private final TokenList tokens;
    private final int open;

    Options(TokenList tokens, int open) {
        this.tokens = tokens;
        this.open = open;
    }

    /**
     * Whether one of the names is switched on. The server lets the last mention win; here one that is on is enough. A quoted name works as well,
     * and any value but false, off and 0 counts as on.
     */
    boolean isOn(String name, String otherSpelling) {
        return find(name, false) || find(otherSpelling, false);
    }

    /** Whether it is mentioned, and never as switched on. */
    boolean isOff(String name) {
        return find(name, true) && !find(name, false);
    }

    private boolean find(String name, boolean off) {
        boolean start = true;
        for (int i = open + 1; i < tokens.partner(open); i++) {
            if (start && Walker.isWord(tokens.kind(i)) && isFalse(i + 1) == off) {
                if (tokens.name(i).toLowerCase(Locale.ROOT).equals(name)) {
                    return true;
                }
            }
            start = tokens.is(i, TokenKind.COMMA);
        }
        return false;
    }

    private boolean isFalse(int at) {
        int i = tokens.isOperator(at, "=") ? at + 1 : at;
        String value = tokens.isString(i) ? tokens.string(i) : Walker.isWord(tokens.kind(i)) ? tokens.name(i) : "";
        boolean zero = tokens.is(i, TokenKind.NUMBER) && tokens.raw(i).equals("0");
        return zero || value.equalsIgnoreCase("false") || value.equalsIgnoreCase("off");
    }
}
