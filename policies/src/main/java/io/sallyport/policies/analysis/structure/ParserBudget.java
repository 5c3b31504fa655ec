package io.sallyport.policies.analysis.structure;

/** How much of one string of SQL the parser may be given. */
public final class ParserBudget {
    private static final int LONGEST = 128 * 1024;
    private static final int DEEPEST = 50;

    private int calls = 1_000;
    private int characters = 512 * 1024;

    /** Whether this text may be parsed still; then it is counted. */
    boolean allows(String text) {
        if (calls == 0 || text.length() > Math.min(LONGEST, characters) || depth(text) > DEEPEST) {
            return false;
        }
        calls--;
        characters -= text.length();
        return true;
    }

    private static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == ')' || c == ']') {
                depth--;
            }
        }
        return deepest;
    }
}
