package io.sallyport.proxy.audit;

/** Bounds and masks text before it enters the audit. */
final class AuditText {
    static final int LONGEST_STATEMENT = 8 * 1024;
    static final int LONGEST_NOTE = 1024;

    private AuditText() {}

    /** Cut first: masking treats a literal that the cut left open as one that reaches to the end. */
    static String statement(String text) {
        return bounded(text, LONGEST_STATEMENT);
    }

    static String note(String text) {
        return bounded(text, LONGEST_NOTE);
    }

    private static String bounded(String text, int longest) {
        if (text.length() <= longest) {
            return SecretMask.mask(text);
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return SecretMask.mask(text.substring(0, end)) + " … (cut; " + text.length() + " characters in all)";
    }
}
