package io.sallyport.proxy.check;

/** Text of strangers for a terminal: what would steer it or reorder what is read becomes a visible sign. */
final class Printable {
    private static final char SIGN = '\ufffd';

    private Printable() {}

    static String of(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && isUnprintable(c)) {
                out = out == null ? new StringBuilder(text) : out;
                out.setCharAt(i, SIGN);
            }
        }
        return out == null ? text : out.toString();
    }

    private static boolean isUnprintable(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
