package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.TokenList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the readers of one statement share: its tokens, the CTE names in scope, and how deep they are. */
final class Reading {
    /** Statements inside statements; the server's own limit on the stack allows about as much. */
    private static final int DEEPEST = 32;

    private final byte[] text;
    private final TokenList tokens;
    private final boolean complete;
    private final List<String> cteNames = new ArrayList<>();
    private int depth;
    private boolean structurePending;

    Reading(byte[] text, TokenList tokens, boolean complete) {
        this.text = text;
        this.tokens = tokens;
        this.complete = complete;
    }

    TokenList tokens() {
        return tokens;
    }

    /** Whether unclear conditions are to be parsed now. */
    boolean complete() {
        return complete;
    }

    void structurePending() {
        structurePending = true;
    }

    boolean isStructurePending() {
        return structurePending;
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw new Unreadable("statements are nested more than " + DEEPEST + " deep");
        }
    }

    void leave() {
        depth--;
    }

    int scope() {
        return cteNames.size();
    }

    void addCte(String name) {
        cteNames.add(name);
    }

    /** Forgets the CTE names that came after {@code scope}. */
    void closeScope(int scope) {
        cteNames.subList(scope, cteNames.size()).clear();
    }

    boolean isCte(TableName table) {
        return table.schema() == null && cteNames.contains(table.name());
    }

    /** The text of the tokens [from, to). */
    String text(int from, int to) {
        int start = tokens.start(from);
        return new String(text, start, tokens.end(to - 1) - start, StandardCharsets.UTF_8);
    }
}
