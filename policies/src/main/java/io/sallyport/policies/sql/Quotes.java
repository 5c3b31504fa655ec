package io.sallyport.policies.sql;

import static io.sallyport.policies.sql.Characters.at;
import static io.sallyport.policies.sql.Characters.isIdentifierStart;
import static io.sallyport.policies.sql.Characters.isTagPart;

/** Where quoted things end. Every method takes the first byte behind the opening quote and returns the first behind the closing one, or -1. */
final class Quotes {
    private Quotes() {}

    /** {@code '…'} in which only a doubled quote is special; with its continuations. */
    static int plain(byte[] text, int i) {
        return literal(text, i, false);
    }

    /** {@code E'…'}, and {@code '…'} while standard_conforming_strings is off: a backslash takes the next byte with it. */
    static int escaped(byte[] text, int i) {
        return literal(text, i, true);
    }

    private static int literal(byte[] text, int i, boolean backslash) {
        int at = i;
        while (at < text.length) {
            byte b = text[at++];
            if (b == '\\' && backslash) {
                at++;
            } else if (b == '\'') {
                if (at(text, at) == '\'') {
                    at++;
                    continue;
                }
                int next = Blanks.continuation(text, at);
                if (next < 0) {
                    return at;
                }
                at = next;
            }
        }
        return -1;
    }

    static int identifier(byte[] text, int i) {
        int at = i;
        while (at < text.length) {
            if (text[at++] == '"') {
                if (at(text, at) != '"') {
                    return at;
                }
                at++;
            }
        }
        return -1;
    }

    /** The first byte behind {@code $tag$} that starts at {@code i}, or -1 when no dollar quote starts there. */
    static int dollarTag(byte[] text, int i) {
        int at = i + 1;
        if (isIdentifierStart(at(text, at))) {
            do {
                at++;
            } while (isTagPart(at(text, at)));
        }
        return at(text, at) == '$' ? at + 1 : -1;
    }

    /** The end of the dollar-quoted literal whose opening tag is [start, i). */
    static int dollar(byte[] text, int start, int i) {
        int length = i - start;
        for (int at = i; at + length <= text.length; at++) {
            if (text[at] == '$' && sameBytes(text, start, at, length)) {
                return at + length;
            }
        }
        return -1;
    }

    private static boolean sameBytes(byte[] text, int a, int b, int length) {
        for (int k = 0; k < length; k++) {
            if (text[a + k] != text[b + k]) {
                return false;
            }
        }
        return true;
    }
}
