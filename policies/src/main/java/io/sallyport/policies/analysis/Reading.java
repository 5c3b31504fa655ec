package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.structure.ParserBudget;
import io.sallyport.policies.analysis.structure.Structure;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.TokenList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the readers of one statement share: its tokens, the CTE names in scope, and how deep they are. */
final class Reading {
    /** Statements inside statements; the server's own limit on the stack allows about as much. */
    private static final int DEEPEST = 32;

    private record Cte(int name, int open) {}

    private final BodyText text;
    private final TokenList tokens;
    private final LexerSettings settings;
    private final boolean complete;
    private final ParserBudget budget;
    private final @Nullable Reading around;
    private final List<String> cteNames = new ArrayList<>();
    private final List<Cte> ctes = new ArrayList<>();
    private int depth;
    private boolean unclear;
    private boolean dependsOnConformingStrings;

    Reading(byte[] text, TokenList tokens, LexerSettings settings, boolean complete, ParserBudget budget) {
        this.text = BodyText.string(text);
        this.tokens = tokens;
        this.settings = settings;
        this.complete = complete;
        this.budget = budget;
        this.around = null;
    }

    private Reading(BodyText text, TokenList tokens, Reading around) {
        this.text = text;
        this.tokens = tokens;
        this.settings = around.settings;
        this.complete = around.complete;
        this.budget = around.budget;
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

    /** The tokens do not tell what the parser might. */
    void unclear() {
        unclear = true;
        if (around != null) {
            around.unclear();
        }
    }

    boolean isUnclear() {
        return unclear;
    }

    boolean isStructurePending() {
        return unclear && !complete;
    }

    ParserBudget budget() {
        return budget;
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

    /** A CTE whose name is that token, and whose body opens there. */
    void addCte(int name, int open) {
        cteNames.add(tokens.name(name));
        ctes.add(new Cte(name, open));
    }

    /** Forgets the CTE names that came after {@code scope}. */
    void closeScope(int scope) {
        cteNames.subList(scope, cteNames.size()).clear();
        ctes.subList(scope, ctes.size()).clear();
    }

    boolean isCte(TableName table) {
        return table.schema() == null && cteNames.contains(table.name());
    }

    /** The parenthesis that opens the body of the CTE that this name means here; 0 when it means none. */
    int cteBody(String name) {
        int last = cteNames.lastIndexOf(name);
        return last < 0 ? 0 : ctes.get(last).open;
    }

    /** The parser's view of conditions on that target, with the CTEs that are in scope. */
    Structure structure(Target target) {
        Map<String, String> bodies = new HashMap<>();
        for (Cte cte : ctes) {
            String body = tokens.canonical(cte.open + 1, tokens.partner(cte.open));
            bodies.put(tokens.canonical(cte.name, cte.name + 1), body);
        }
        return target.structure(tokens, budget, bodies);
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
