package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.StatementSplitter;
import io.sallyport.policies.sql.TokenList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;

/**
 * The blocks of a PL/pgSQL body (manual, chapter 43; pl_gram.y). The body is cut at its semicolons; in a piece stand the words that open
 * and close blocks, then at most one simple statement. The open blocks are a stack of our own.
 */
final class PlpgsqlReader {
    private enum Block {
        DECLARATIONS,
        STATEMENTS,
        HANDLERS,
        IF,
        LOOP,
        CASE
    }

    private final BodyReader reader;
    private final BodyText body;
    private final ArrayDeque<Block> open = new ArrayDeque<>();
    private boolean ended;

    PlpgsqlReader(BodyReader reader, BodyText body) {
        this.reader = reader;
        this.body = body;
    }

    void read() {
        StatementSplitter splitter =
                new StatementSplitter(body.bytes(), reader.reading().settings());
        boolean first = true;
        for (TokenList tokens = splitter.next(); tokens != null; tokens = splitter.next()) {
            PlpgsqlPiece piece = new PlpgsqlPiece(tokens);
            int i = first ? behindOptions(tokens) : 0;
            first = false;
            PlpgsqlStatement statement = new PlpgsqlStatement(piece, new PlpgsqlQueries(reader, body, piece));
            while (i < piece.size()) {
                i = step(piece, statement, i);
            }
        }
        if (splitter.dependsOnConformingStrings()) {
            dependsOnConformingStrings();
        }
        if (!ended) {
            throw new Unreadable("a block is not closed");
        }
    }

    /** The server cuts the body once, and reads each statement again when it runs: by then the setting may be another. */
    private void dependsOnConformingStrings() {
        reader.reading().dependsOnConformingStrings();
        String text = new String(body.bytes(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (text.contains("standard_conforming_strings")) {
            throw new Unreadable("a backslash in a body that may change standard_conforming_strings");
        }
    }

    /** {@code #option dump}, {@code #variable_conflict use_column} and their like. */
    private static int behindOptions(TokenList tokens) {
        int i = 0;
        while (tokens.isOperator(i, "#")) {
            i += 3;
        }
        return i;
    }

    /** Reads what stands at {@code i} and returns the first token behind it. */
    private int step(PlpgsqlPiece piece, PlpgsqlStatement statement, int i) {
        if (ended) {
            throw new Unreadable("something behind the end of a body");
        }
        if (piece.tokens().isOperator(i, "<<") && piece.tokens().isOperator(i + 2, ">>")) {
            return i + 3;
        }
        PlpgsqlWord word = piece.word(i);
        if (open.peek() == Block.DECLARATIONS && word != PlpgsqlWord.BEGIN && word != PlpgsqlWord.DECLARE) {
            statement.declaration(i);
            return piece.size();
        }
        if (open.isEmpty() && word != PlpgsqlWord.BEGIN && word != PlpgsqlWord.DECLARE) {
            throw new Unreadable("expected BEGIN or DECLARE");
        }
        if (piece.isAssignment(i)) {
            statement.expression(i, piece.size());
            return piece.size();
        }
        return block(piece, statement, word, i);
    }

    private int block(PlpgsqlPiece piece, PlpgsqlStatement statement, PlpgsqlWord word, int i) {
        switch (word) {
            case DECLARE -> {
                if (open.peek() != Block.DECLARATIONS) {
                    open.push(Block.DECLARATIONS);
                }
            }
            case BEGIN -> {
                if (open.peek() == Block.DECLARATIONS) {
                    open.pop();
                }
                open.push(Block.STATEMENTS);
            }
            case EXCEPTION -> {
                within(Block.STATEMENTS);
                open.pop();
                open.push(Block.HANDLERS);
            }
            case LOOP -> open.push(Block.LOOP);
            case ELSE -> {
                if (open.peek() != Block.CASE) {
                    within(Block.IF);
                }
            }
            case END -> {
                return end(piece, i);
            }
            default -> {
                return branch(piece, statement, word, i);
            }
        }
        return i + 1;
    }

    /** What begins with a condition or a query, up to the THEN or LOOP behind it; anything else is a simple statement. */
    private int branch(PlpgsqlPiece piece, PlpgsqlStatement statement, PlpgsqlWord word, int i) {
        switch (word) {
            case IF, ELSIF, ELSEIF -> {
                if (word == PlpgsqlWord.IF) {
                    open.push(Block.IF);
                } else {
                    within(Block.IF);
                }
                return conditionUpTo(PlpgsqlWord.THEN, piece, statement, i);
            }
            case CASE -> {
                open.push(Block.CASE);
                return piece.is(i + 1, PlpgsqlWord.WHEN)
                        ? i + 1
                        : conditionUpTo(PlpgsqlWord.WHEN, piece, statement, i) - 1;
            }
            case WHEN -> {
                if (open.peek() == Block.HANDLERS) {
                    return piece.require(PlpgsqlWord.THEN, i) + 1;
                }
                within(Block.CASE);
                return conditionUpTo(PlpgsqlWord.THEN, piece, statement, i);
            }
            case WHILE -> {
                open.push(Block.LOOP);
                return conditionUpTo(PlpgsqlWord.LOOP, piece, statement, i);
            }
            case FOR, FOREACH -> {
                open.push(Block.LOOP);
                int in = piece.require(PlpgsqlWord.IN, i);
                int loop = piece.require(PlpgsqlWord.LOOP, in);
                if (word == PlpgsqlWord.FOR) {
                    statement.loopOver(in + 1, loop);
                } else {
                    // ARRAY, then the expression: it reads like an array's own word.
                    statement.expression(in + 1, loop);
                }
                return loop + 1;
            }
            default -> {
                statement.simple(word, i);
                return piece.size();
            }
        }
    }

    private static int conditionUpTo(PlpgsqlWord word, PlpgsqlPiece piece, PlpgsqlStatement statement, int i) {
        int end = piece.require(word, i + 1);
        statement.expression(i + 1, end);
        return end + 1;
    }

    private void within(Block block) {
        if (open.peek() != block) {
            throw new Unreadable("blocks of a body that do not fit together");
        }
    }

    /** END, END IF, END CASE, END LOOP [label]. */
    private int end(PlpgsqlPiece piece, int i) {
        Block block = open.pop();
        int at = switch (block) {
            case IF -> behind(piece, PlpgsqlWord.IF, i + 1);
            case CASE -> behind(piece, PlpgsqlWord.CASE, i + 1);
            case LOOP -> behind(piece, PlpgsqlWord.LOOP, i + 1);
            case STATEMENTS, HANDLERS, DECLARATIONS -> i + 1;
        };
        if (Walker.isWord(piece.tokens().kind(at))) {
            at++;
        }
        if (at != piece.size()) {
            throw new Unreadable("something behind END");
        }
        ended = open.isEmpty();
        return at;
    }

    private static int behind(PlpgsqlPiece piece, PlpgsqlWord word, int i) {
        if (!piece.is(i, word)) {
            throw new Unreadable("expected END " + word.name());
        }
        return i + 1;
    }
}
