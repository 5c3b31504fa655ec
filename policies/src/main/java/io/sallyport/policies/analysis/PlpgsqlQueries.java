package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.StatementSplitter;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The SQL in a piece of a PL/pgSQL body. As in the server, its text is cut out and read by itself; where that fails, it is found as
 * unreadable and the rest of the body is still read.
 */
final class PlpgsqlQueries {
    private interface Reader {
        StatementFacts read(Reading reading, int size);
    }

    private final BodyReader reader;
    private final BodyText body;
    private final PlpgsqlPiece piece;
    private final TokenList tokens;

    PlpgsqlQueries(BodyReader reader, BodyText body, PlpgsqlPiece piece) {
        this.reader = reader;
        this.body = body;
        this.piece = piece;
        this.tokens = piece.tokens();
    }

    void expression(int from, int to) {
        read(from, to, -1, -1, (reading, size) -> BodyReader.expression(reading, 0, size));
    }

    void statement(int from, int to) {
        read(from, to, -1, -1, (reading, size) -> new StatementReader(reading).statement(0, size));
    }

    /**
     * A statement whose result may go INTO variables. That clause may stand anywhere, and is no part of the SQL: the server writes blanks
     * over it (pl_gram.y: make_execsql_stmt), so that {@code DELETE INTO x FROM t} deletes.
     */
    void statementWithTarget(int from, int to) {
        int into = -1;
        int behind = -1;
        for (int i = from; i < to; i++) {
            if (piece.is(i, PlpgsqlWord.INTO) && !belongsToSql(from, i)) {
                if (into >= 0) {
                    throw new Unreadable("INTO twice in one statement of a body");
                }
                into = i;
                behind = behindTarget(i);
            }
        }
        read(from, to, into, behind, (reading, size) -> new StatementReader(reading).statement(0, size));
    }

    private boolean belongsToSql(int from, int i) {
        return piece.is(i - 1, PlpgsqlWord.INSERT)
                || piece.is(i - 1, PlpgsqlWord.MERGE)
                || piece.is(from, PlpgsqlWord.IMPORT);
    }

    /** INTO [STRICT] variable, …; a variable has three parts at most. */
    private int behindTarget(int into) {
        int at = piece.is(into + 1, PlpgsqlWord.STRICT) ? into + 1 : into;
        do {
            if (!piece.isVariable(at + 1)) {
                throw new Unreadable("expected a variable behind INTO in a body");
            }
            int variable = at + 1;
            at = piece.behindVariable(variable);
            if (at - variable > 5) {
                throw new Unreadable("a variable of more than three parts behind INTO in a body");
            }
        } while (tokens.is(at, TokenKind.COMMA));
        return at;
    }

    private void read(int from, int to, int into, int behind, Reader how) {
        if (from >= to) {
            throw new Unreadable("expected SQL in a body");
        }
        BodyText text = body.part(tokens.start(from), tokens.end(to - 1));
        byte[] bytes = text.bytes();
        if (into >= 0) {
            bytes = bytes.clone();
            Arrays.fill(
                    bytes, tokens.start(into) - tokens.start(from), tokens.end(behind - 1) - tokens.start(from), (byte)
                            ' ');
        }
        StatementSplitter splitter =
                new StatementSplitter(bytes, reader.reading().settings());
        TokenList own = splitter.next();
        reader.found(
                own == null || splitter.next() != null
                        ? BodyReader.unreadable("not one statement", text)
                        : facts(text, own, how));
    }

    private StatementFacts facts(BodyText text, TokenList own, Reader how) {
        String problem = own.problem();
        if (problem == null) {
            try {
                return how.read(reader.reading().inside(text, own), own.size());
            } catch (Unreadable e) {
                problem = e.reason();
            }
        }
        return BodyReader.unreadable(problem, text);
    }

    /**
     * {@code text [INTO …] [USING …]} of an EXECUTE. A constant text is read as well; any other is made at run time and counts as an EXECUTE that
     * nothing is known of.
     *
     * @param statement where the statement starts that runs it
     */
    void dynamic(int statement, int from, int to) {
        int end = nextClause(from, to);
        String constant = constant(from, end);
        if (constant == null) {
            read(from, end, -1, -1, (reading, size) -> opaque(BodyReader.expression(reading, 0, size), statement, to));
        } else {
            BodyText at = body.part(tokens.start(from), tokens.end(end - 1));
            reader.script(new BodyText(constant.getBytes(StandardCharsets.UTF_8), at.start(), at.end(), false));
        }
        while (end < to) {
            int next;
            if (piece.is(end, PlpgsqlWord.USING)) {
                next = nextClause(end + 1, to);
                expression(end + 1, next);
            } else {
                next = behindTarget(end);
            }
            if (next < to && next != nextClause(next, to)) {
                throw new Unreadable("something behind the clauses of an EXECUTE in a body");
            }
            end = next;
        }
    }

    private int nextClause(int from, int to) {
        return Math.min(piece.find(PlpgsqlWord.INTO, from, to), piece.find(PlpgsqlWord.USING, from, to));
    }

    private StatementFacts opaque(StatementFacts parts, int from, int to) {
        Draft draft = new Draft();
        draft.kind(StatementKind.EXECUTE);
        draft.runs(parts);
        BodyText text = body.part(tokens.start(from), tokens.end(to - 1));
        return draft.facts(text.start(), text.end(), text.text(0, text.bytes().length));
    }

    /** The value of literals with || between them, or null when there is more. */
    private @Nullable String constant(int from, int to) {
        int left = from;
        int right = to;
        while (tokens.is(left, TokenKind.LEFT_PARENTHESIS) && tokens.partner(left) == right - 1) {
            left++;
            right--;
        }
        StringBuilder value = new StringBuilder();
        for (int i = left; i < right; i++) {
            boolean literal = (i - left) % 2 == 0;
            if (literal ? !tokens.isString(i) : !tokens.isOperator(i, "||")) {
                return null;
            }
            value.append(literal ? tokens.string(i) : "");
        }
        return (right - left) % 2 == 1 ? value.toString() : null;
    }
}
