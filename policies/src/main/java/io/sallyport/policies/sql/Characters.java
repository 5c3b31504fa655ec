package io.sallyport.policies.sql;

/** The character classes of scan.l, on bytes; every byte from 0x80 on is a letter. */
final class Characters {
    private static final int SPACE = 1;
    private static final int IDENTIFIER_START = 2;
    private static final int DIGIT = 4;
    private static final int OPERATOR = 8;
    private static final byte[] CLASSES = new byte[256];

    static {
        mark(" \t\n\r\f\u000b", SPACE);
        mark("0123456789", DIGIT);
        mark("~!@#^&|`?+-*/%<>=", OPERATOR);
        mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", IDENTIFIER_START);
        for (int b = 0x80; b <= 0xff; b++) {
            CLASSES[b] = IDENTIFIER_START;
        }
    }

    private Characters() {}

    private static void mark(String characters, int bit) {
        for (int i = 0; i < characters.length(); i++) {
            CLASSES[characters.charAt(i)] |= (byte) bit;
        }
    }

    /** The byte at {@code i}, 0 to 255, or -1 beyond the end. */
    static int at(byte[] text, int i) {
        return i >= 0 && i < text.length ? text[i] & 0xff : -1;
    }

    static boolean isSpace(int c) {
        return has(c, SPACE);
    }

    static boolean isIdentifierStart(int c) {
        return has(c, IDENTIFIER_START);
    }

    static boolean isIdentifierPart(int c) {
        return has(c, IDENTIFIER_START | DIGIT) || c == '$';
    }

    /** A dollar quote's tag takes no dollar sign, so that it can end. */
    static boolean isTagPart(int c) {
        return has(c, IDENTIFIER_START | DIGIT);
    }

    static boolean isDigit(int c) {
        return has(c, DIGIT);
    }

    static boolean isOperator(int c) {
        return has(c, OPERATOR);
    }

    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    private static boolean has(int c, int bits) {
        return c >= 0 && (CLASSES[c] & bits) != 0;
    }
}
