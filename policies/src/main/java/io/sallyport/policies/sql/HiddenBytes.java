package io.sallyport.policies.sql;

/**
 * Whether a statement with bytes above 0x7F reads alike in every client encoding. In those that are unsafe such a byte may take the next one with
 * it, if that is 0x30 or above: a letter, a digit, a backslash, never a quote or a line's end (wchar.c). In a plain literal nothing but a quote
 * counts, while standard_conforming_strings is on; in case it is off when the server reads it, there must be no backslash either, and
 * SHIFT_JIS_2004 makes one of 0x81 0x5F.
 */
public final class HiddenBytes {
    private HiddenBytes() {}

    /** Whether all such bytes stand in plain literals, none of which has or may come to have a backslash, or in comments. */
    public static boolean areHarmless(TokenList tokens, byte[] text) {
        for (int i = 0; i < tokens.size(); i++) {
            if (exist(text, tokens.start(i), tokens.end(i))
                    && (!tokens.is(i, TokenKind.STRING) || hasBackslash(text, tokens.start(i), tokens.end(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a byte of [from, to) is above 0x7F. */
    public static boolean exist(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasBackslash(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '\\' || (text[i] == (byte) 0x81 && Characters.at(text, i + 1) == '_')) {
                return true;
            }
        }
        return false;
    }
}
