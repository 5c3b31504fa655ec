package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.structure.ParserBudget;
import io.sallyport.policies.analysis.structure.Structure;
import io.sallyport.policies.sql.TokenList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the readers of one statement share: its tokens, the CTE names in scope, and how deep they are. */
final class Reading {
    /** Statements inside statements; the server's own limit on the stack allows about as much. */
    private static final int DEEPEST = 32;

    private record Cte(int name, int open) {}

    private final byte[] text;
    private final TokenList tokens;
    private final boolean complete;
    private final ParserBudget budget;
    private final List<String> cteNames = new ArrayList<>();
    private final List<Cte> ctes = new ArrayList<>();
    private int depth;
    private boolean structurePending;
    private boolean parsed;

    Reading(byte[] text, TokenList tokens, boolean complete, ParserBudget budget) {
        this.budget = budget;
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

    ParserBudget budget() {
        return budget;
    }

    /** Whether some condition was unclear to the tokens. */
    boolean hasParsed() {
        return parsed;
    }

    /** The parser's view of conditions on that target, with the CTEs that are in scope. */
    Structure structure(Target target) {
        parsed = true;
        Map<String, String> bodies = new HashMap<>();
        for (Cte cte : ctes) {
            String body = tokens.canonical(cte.open + 1, tokens.partner(cte.open));
            bodies.put(tokens.canonical(cte.name, cte.name + 1), body);
        }
        return target.structure(tokens, budget, bodies);
    }

    /** The text of the tokens [from, to). */
    String text(int from, int to) {
        int start = tokens.start(from);
        return new String(text, start, tokens.end(to - 1) - start, StandardCharsets.UTF_8);
    }
}
