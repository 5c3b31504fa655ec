package io.sallyport.policies.sql;

import static io.sallyport.policies.sql.Characters.at;
import static io.sallyport.policies.sql.Characters.isSpace;

/** White space and comments. */
final class Blanks {
    static final int UNTERMINATED = -1;

    private Blanks() {}

    /** The first byte from {@code i} on that belongs to a token, or {@link #UNTERMINATED} within a block comment that never ends. */
    static int skip(byte[] text, int i) {
        int at = i;
        while (at < text.length) {
            int c = at(text, at);
            if (isSpace(c)) {
                at++;
            } else if (c == '-' && at(text, at + 1) == '-') {
                at = endOfLine(text, at + 2);
            } else if (c == '/' && at(text, at + 1) == '*') {
                at = endOfBlock(text, at + 2);
                if (at == UNTERMINATED) {
                    return UNTERMINATED;
                }
            } else {
                return at;
            }
        }
        return at;
    }

    /**
     * After a quote that closed a literal: the first byte behind the quote that opens its continuation, or -1. Only white space with a
     * line break in it continues a literal, and {@code --} comments may stand there, block comments may not (scan.l: quotecontinue).
     */
    static int continuation(byte[] text, int i) {
        int at = i;
        boolean newLine = false;
        while (true) {
            int c = at(text, at);
            if (isSpace(c)) {
                newLine |= c == '\n' || c == '\r';
                at++;
            } else if (c == '-' && at(text, at + 1) == '-') {
                at = endOfLine(text, at + 2);
            } else {
                return newLine && c == '\'' ? at + 1 : -1;
            }
        }
    }

    private static int endOfLine(byte[] text, int i) {
        int at = i;
        while (at < text.length && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
        return at;
    }

    private static int endOfBlock(byte[] text, int i) {
        int depth = 1;
        int at = i;
        while (at < text.length) {
            if (text[at] == '*' && at(text, at + 1) == '/') {
                at += 2;
                if (--depth == 0) {
                    return at;
                }
            } else if (text[at] == '/' && at(text, at + 1) == '*') {
                at += 2;
                depth++;
            } else {
                at++;
            }
        }
        return UNTERMINATED;
    }
}
