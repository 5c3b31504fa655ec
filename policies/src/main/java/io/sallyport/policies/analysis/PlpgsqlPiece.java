package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.BitSet;

/** The tokens of a PL/pgSQL body up to a semicolon. Where words of the language are looked for, only those outside all brackets count. */
final class PlpgsqlPiece {
    private final TokenList tokens;

    PlpgsqlPiece(TokenList tokens) {
        this.tokens = tokens;
        String problem = tokens.problem();
        if (problem != null) {
            throw new Unreadable(problem);
        }
        checkBrackets();
    }

    /**
     * pl_gram.y counts ( and [ together, and older minor releases end a statement at a semicolon in parentheses: what all of them read
     * alike has brackets in pairs and no semicolon inside.
     */
    private void checkBrackets() {
        BitSet square = new BitSet();
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            switch (tokens.kind(i)) {
                case LEFT_PARENTHESIS -> square.clear(depth++);
                case LEFT_BRACKET -> square.set(depth++);
                case RIGHT_PARENTHESIS, RIGHT_BRACKET -> {
                    if (--depth < 0 || square.get(depth) != tokens.is(i, TokenKind.RIGHT_BRACKET)) {
                        throw new Unreadable("brackets that are no pairs");
                    }
                }
                case SEMICOLON -> throw new Unreadable("a semicolon inside a statement of a body");
                default -> {}
            }
        }
        if (depth != 0) {
            throw new Unreadable("a bracket is not closed");
        }
    }

    TokenList tokens() {
        return tokens;
    }

    int size() {
        return tokens.size();
    }

    PlpgsqlWord word(int i) {
        return PlpgsqlWord.at(tokens, i);
    }

    boolean is(int i, PlpgsqlWord word) {
        return word(i) == word;
    }

    /** The first such word in [from, to), or {@code to}. */
    int find(PlpgsqlWord word, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            depth += nesting(i);
            if (depth == 0 && is(i, word)) {
                return i;
            }
        }
        return to;
    }

    /** The first such word from there on. */
    int require(PlpgsqlWord word, int from) {
        int i = find(word, from, size());
        if (i == size()) {
            throw new Unreadable("expected " + word.name() + " in a body");
        }
        return i;
    }

    int find(TokenKind kind, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            depth += nesting(i);
            if (depth == 0 && tokens.is(i, kind)) {
                return i;
            }
        }
        return to;
    }

    private int nesting(int i) {
        return switch (tokens.kind(i)) {
            case LEFT_PARENTHESIS, LEFT_BRACKET -> 1;
            case RIGHT_PARENTHESIS, RIGHT_BRACKET -> -1;
            default -> 0;
        };
    }

    /** Whether a variable may stand there: a name or a parameter. */
    boolean isVariable(int i) {
        return tokens.is(i, TokenKind.PARAMETER) || (Walker.isWord(tokens.kind(i)) && !word(i).isReserved());
    }

    /** The first token behind the variable at {@code i} and the fields that dots join to it. */
    int behindVariable(int i) {
        int at = i + 1;
        while (tokens.is(at, TokenKind.DOT) && Walker.isWord(tokens.kind(at + 1))) {
            at += 2;
        }
        return at;
    }

    /** {@code name :=}, {@code name =}, also of a field or an element. No statement of SQL begins like that. */
    boolean isAssignment(int i) {
        if (!isVariable(i)) {
            return false;
        }
        int at = behindVariable(i);
        while (tokens.is(at, TokenKind.LEFT_BRACKET)) {
            at = behindVariable(find(TokenKind.RIGHT_BRACKET, at, size()));
        }
        return tokens.is(at, TokenKind.COLON_EQUALS) || tokens.isOperator(at, "=");
    }
}
