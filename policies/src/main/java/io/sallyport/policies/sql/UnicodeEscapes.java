package io.sallyport.policies.sql;

/** {@code \XXXX} and {@code \+XXXXXX} in U&"…" and U&'…' (parser.c: str_udeescape). */
final class UnicodeEscapes {
    private UnicodeEscapes() {}

    /** What is no escape stays as it stands: the server refuses it, so nothing hangs on its reading. */
    static String decode(String raw, char escape) {
        StringBuilder out = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (c != escape) {
                out.append(c);
                i++;
            } else if (i + 1 < raw.length() && raw.charAt(i + 1) == escape) {
                out.append(c);
                i += 2;
            } else {
                boolean six = i + 1 < raw.length() && raw.charAt(i + 1) == '+';
                int from = six ? i + 2 : i + 1;
                int to = from + (six ? 6 : 4);
                int codePoint = hexadecimal(raw, from, to);
                if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT) {
                    out.append(c);
                    i++;
                } else {
                    out.appendCodePoint(codePoint);
                    i = to;
                }
            }
        }
        return out.toString();
    }

    private static int hexadecimal(String raw, int from, int to) {
        if (to > raw.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = raw.charAt(i) < 0x80 ? Character.digit(raw.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
