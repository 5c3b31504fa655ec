package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.TokenList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the readers of one statement share: its tokens, the CTE names in scope, and how deep they are. */
final class Reading {
    /** Statements inside statements; the server's own limit on the stack allows about as much. */
    private static final int DEEPEST = 32;

    private final BodyText text;
    private final TokenList tokens;
    private final LexerSettings settings;
    private final boolean complete;
    private final @Nullable Reading around;
    private final List<String> cteNames = new ArrayList<>();
    private int depth;
    private boolean structurePending;
    private boolean dependsOnConformingStrings;

    Reading(byte[] text, TokenList tokens, LexerSettings settings, boolean complete) {
        this.text = BodyText.string(text);
        this.tokens = tokens;
        this.settings = settings;
        this.complete = complete;
        this.around = null;
    }

    private Reading(BodyText text, TokenList tokens, Reading around) {
        this.text = text;
        this.tokens = tokens;
        this.settings = around.settings;
        this.complete = around.complete;
        this.around = around;
        this.depth = around.depth;
    }

    /** For a statement in a body inside this statement: as deep as this one is now, with no CTE names. */
    Reading inside(BodyText body, TokenList tokens) {
        return new Reading(body, tokens, this);
    }

    /** For a statement of this one's own tokens that sees none of its CTE names. */
    Reading aside() {
        return new Reading(text, tokens, this);
    }

    TokenList tokens() {
        return tokens;
    }

    LexerSettings settings() {
        return settings;
    }

    /** Whether unclear conditions are to be parsed now. */
    boolean complete() {
        return complete;
    }

    void structurePending() {
        structurePending = true;
        if (around != null) {
            around.structurePending();
        }
    }

    boolean isStructurePending() {
        return structurePending;
    }

    /** A body in the statement reads differently with standard_conforming_strings. */
    void dependsOnConformingStrings() {
        dependsOnConformingStrings = true;
        if (around != null) {
            around.dependsOnConformingStrings();
        }
    }

    boolean isDependentOnConformingStrings() {
        return dependsOnConformingStrings;
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
        return text.text(tokens.start(from), tokens.end(to - 1));
    }

    /** Where token {@code i} starts in the string that the client sent. */
    int start(int i) {
        return placeOf(tokens.start(i));
    }

    /** Where token {@code i} ends in the string that the client sent. */
    int end(int i) {
        return placeBehind(tokens.end(i));
    }

    int placeOf(int offset) {
        return text.placeOf(offset);
    }

    int placeBehind(int offset) {
        return text.placeBehind(offset);
    }

    /** Whether the places of tokens are exact. */
    boolean exact() {
        return text.exact();
    }
}
