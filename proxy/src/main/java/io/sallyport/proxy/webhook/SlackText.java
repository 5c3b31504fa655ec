package io.sallyport.proxy.webhook;

/** Text of strangers in a message of Slack: it can neither mention anybody, nor link, nor leave its frame. */
final class SlackText {
    private static final String CUT = " …";

    private SlackText() {}

    /** The same on one line, without any backtick: it may stand between two of them. */
    static String line(String text, int longest) {
        return escaped(text.replaceAll("\\s+", " ").replace('`', '\u02cb').strip(), longest);
    }

    /**
     * With Slack's three control characters escaped, and cut so that the result is no longer than that. Backticks are kept apart, for three of them end a frame;
     * what cannot be seen, or reorders what is read, is shown as a question mark.
     */
    static String escaped(String text, int longest) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            String next = escaped(point);
            if (out.length() + next.length() > longest - CUT.length()) {
                return out.append(CUT).toString();
            }
            out.append(next);
            at += Character.charCount(point);
        }
        return out.toString();
    }

    private static String escaped(int point) {
        return switch (point) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '`' -> "`\u200b";
            case '\n', '\t' -> Character.toString(point);
            default -> isHidden(point) ? "\ufffd" : Character.toString(point);
        };
    }

    private static boolean isHidden(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
