package io.sallyport.policies.sql;

import static io.sallyport.policies.sql.Characters.at;
import static io.sallyport.policies.sql.Characters.isOperator;

/** Where an operator ends. */
final class Operators {
    private Operators() {}

    /**
     * Longest run of operator characters, cut before a comment; a longer one must not end in + or - unless it holds one of
     * {@code ~ ! @ # % ^ & | ` ?}, so that {@code 2=-1} is a comparison with -1 (scan.l: operator).
     */
    static int end(byte[] text, int start) {
        int end = start + 1;
        while (isOperator(at(text, end)) && !startsComment(text, end)) {
            end++;
        }
        if (end - start > 1 && isSign(text[end - 1]) && !holdsUnusual(text, start, end)) {
            do {
                end--;
            } while (end - start > 1 && isSign(text[end - 1]));
        }
        return end;
    }

    private static boolean startsComment(byte[] text, int i) {
        int next = at(text, i + 1);
        return (text[i] == '-' && next == '-') || (text[i] == '/' && next == '*');
    }

    private static boolean isSign(byte b) {
        return b == '+' || b == '-';
    }

    private static boolean holdsUnusual(byte[] text, int start, int end) {
        for (int i = start; i < end; i++) {
            if ("~!@#%^&|`?".indexOf(text[i]) >= 0) {
                return true;
            }
        }
        return false;
    }
}
