package io.sallyport.proxy.audit;

/**
 * Finds where the literals, comments and names of SQL text end; lenient, since it only serves masking. Every method
 * answers the length of the text, or {@link #OPEN}, when nothing closes what began.
 */
final class SqlScanner {
    static final int OPEN = -1;

    private final String text;

    SqlScanner(String text) {
        this.text = text;
    }

    /** After the closing quote; a doubled quote stays inside, and in E'' so does one after a backslash. */
    int quoteEnd(int open, boolean backslashEscapes) {
        char quote = text.charAt(open);
        int i = open + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && backslashEscapes) {
                i += 2;
            } else if (c != quote) {
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                i += 2;
            } else {
                return i + 1;
            }
        }
        return OPEN;
    }

    /** After the closing `$tag$`. */
    int dollarEnd(int start, String tag) {
        int close = text.indexOf(tag, start + tag.length());
        return close < 0 ? OPEN : close + tag.length();
    }

    /** The `$tag$` that begins here, or an empty text when the dollar is something else (`$1`). */
    String dollarTag(int start) {
        int i = start + 1;
        while (i < text.length() && isWordPart(text.charAt(i)) && text.charAt(i) != '$') {
            i++;
        }
        boolean digitFirst = Character.isDigit(charAt(start + 1));
        return charAt(i) == '$' && !digitFirst ? text.substring(start, i + 1) : "";
    }

    int lineEnd(int start) {
        int i = start;
        while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
            i++;
        }
        return i;
    }

    /** Block comments nest (PostgreSQL, src/backend/parser/scan.l, state xc). */
    int blockCommentEnd(int start) {
        int depth = 1;
        int i = start + 2;
        while (i < text.length() && depth > 0) {
            if (text.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i += 2;
            } else {
                i++;
            }
        }
        return depth == 0 ? i : OPEN;
    }

    int wordEnd(int start) {
        int i = start;
        while (i < text.length() && isWordPart(text.charAt(i))) {
            i++;
        }
        return i;
    }

    int spaceEnd(int start) {
        int i = start;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** NUL beyond the end. */
    char charAt(int i) {
        return i >= 0 && i < text.length() ? text.charAt(i) : '\0';
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    static boolean isWordPart(char c) {
        return isWordStart(c) || (c >= '0' && c <= '9') || c == '$';
    }
}
