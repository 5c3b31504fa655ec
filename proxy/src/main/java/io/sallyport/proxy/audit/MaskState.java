package io.sallyport.proxy.audit;

import java.util.Locale;

/** Remembers, while a statement is read word by word, whether the next literal is a secret. */
final class MaskState {
    /** A telling name was read, and nothing since that would separate it from its value. */
    private boolean armed;
    /** The value was read; only what continues it ('…' '…', ||, a list in parentheses) is still part of it. */
    private boolean afterValue;
    /** A telling name occurred somewhere in this statement. */
    private boolean named;
    /** All literals of the rest of the statement are secrets: the rows after a column list with a telling name. */
    private boolean rows;
    /** `sallyport.token` was named: its value may be written without quotes. */
    private boolean bareValue;

    private boolean valueBegins;
    private int depth;
    private String lastWord = "";
    private char lastMark;

    boolean literalIsSecret() {
        return armed || rows || valueBegins;
    }

    /** Inside the unquoted value of the approval token: names are secrets too. */
    boolean nameIsSecret() {
        return valueBegins;
    }

    void literal(boolean namesSecret) {
        named |= namesSecret;
        if (namesSecret && !armed) {
            // set_config('sallyport.token', '…', false)
            arm();
        } else if (armed) {
            afterValue = true;
        }
    }

    void quotedName(String name) {
        if (Secrets.isName(name)) {
            armBy(name);
        } else {
            armed = false;
        }
        remember(name);
    }

    /** A call is a word that an opening parenthesis follows: `crypt('…')` may still make the secret's value. */
    void word(String word, boolean call) {
        if (bareValue && word.equalsIgnoreCase("to")) {
            valueBegins = true;
        } else if (Secrets.isName(word)) {
            armBy(word);
        } else if (word.equalsIgnoreCase("values") && named) {
            rows = true;
        } else if (afterValue) {
            armed &= lastMark == ':' || (call && (depth > 0 || lastMark == '|'));
        } else if (Secrets.endsThought(word) || !(call || Secrets.connects(word))) {
            armed = false;
        }
        remember(word);
    }

    void punctuation(char c) {
        lastMark = c;
        switch (c) {
            case ';' -> reset();
            case '(' -> depth++;
            case ')' -> closeParenthesis();
            case ',' -> armed &= !afterValue || depth > 0;
            case '=' -> valueBegins |= bareValue;
            default -> {}
        }
    }

    private void closeParenthesis() {
        armed &= !afterValue || depth > 0;
        depth = Math.max(0, depth - 1);
    }

    private void armBy(String name) {
        boolean approvalToken = lastMark == '.' && lastWord.equals("sallyport") && name.equalsIgnoreCase("token");
        arm();
        bareValue = approvalToken;
    }

    private void remember(String word) {
        lastWord = word.toLowerCase(Locale.ROOT);
        lastMark = '\0';
    }

    private void arm() {
        armed = true;
        named = true;
        afterValue = false;
        bareValue = false;
        depth = 0;
    }

    private void reset() {
        armed = false;
        named = false;
        afterValue = false;
        rows = false;
        bareValue = false;
        valueBegins = false;
    }
}
