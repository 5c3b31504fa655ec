package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.HashSet;
import java.util.Set;

/** Conditions with a query in them: those over other tables, as programs send them, need no parser. */
final class Subqueries {
    private final Reading reading;
    private final TokenList tokens;
    private final Target target;

    Subqueries(Reading reading, Target target) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.target = target;
    }

    Atom read(int from, int to) {
        return isOrdinary(from, to, false) ? Atom.RESTRICTS : Atom.UNCLEAR;
    }

    /** The same behind NOT. */
    Atom negated(int from, int to) {
        return isOrdinary(from, to, true) ? Atom.RESTRICTS : Atom.UNCLEAR;
    }

    private boolean isOrdinary(int from, int to, boolean negated) {
        if (tokens.is(from, Keyword.EXISTS)) {
            return isWhole(from + 1, to)
                    && !calls(from + 2)
                    && isCorrelated(from + 1)
                    && isOrdinary(from + 1, negated, false);
        }
        int operator = Columns.end(tokens, from, to);
        boolean column = operator > 0 && (Operands.of(tokens, target, from, operator) & Operands.TARGET) != 0;
        if (!column) {
            return false;
        }
        boolean not = tokens.is(operator, Keyword.NOT);
        if (tokens.is(not ? operator + 1 : operator, Keyword.IN)) {
            int open = not ? operator + 2 : operator + 1;
            return isWhole(open, to) && isOrdinary(open, not != negated, true);
        }
        boolean equals = tokens.isOperator(operator, "=");
        boolean any = tokens.is(operator + 1, Keyword.ANY) || tokens.is(operator + 1, Keyword.SOME);
        int open = any ? operator + 2 : operator + 1;
        return equals && isWhole(open, to) && isOrdinary(open, negated, true);
    }

    private boolean isWhole(int open, int to) {
        return tokens.is(open, TokenKind.LEFT_PARENTHESIS) && tokens.partner(open) == to - 1;
    }

    /** One SELECT. Over the target's own table it must narrow by itself; denied, it must not be empty by itself. */
    private boolean isOrdinary(int open, boolean denied, boolean values) {
        int close = tokens.partner(open);
        if (!tokens.is(open + 1, Keyword.SELECT) || combines(open + 1, close)) {
            return false;
        }
        boolean itself = target.isReadIn(reading, open + 1, close);
        boolean cut = values && Target.isCut(tokens, open);
        if (!denied && (!itself || cut)) {
            return true;
        }
        int from = Boundaries.next(tokens, Keyword.WHERE, open + 1, close) + 1;
        if (from > close) {
            return !itself;
        }
        int end = end(from, close);
        return denied ? mayHold(itself, from, end) : restricts(itself, from, end);
    }

    private boolean restricts(boolean itself, int from, int to) {
        Atom condition = ConditionReader.tokens(reading, target.inQuery(itself), from, to);
        return condition == Atom.SELECTS || condition == Atom.RESTRICTS;
    }

    /** Nothing in the query keeps it empty: each part restricts, and each another column. */
    private boolean mayHold(boolean itself, int from, int to) {
        Set<String> columns = new HashSet<>();
        for (int start = from; start <= to; ) {
            int end = Boundaries.next(tokens, Keyword.AND, start, to);
            int column = Columns.end(tokens, start, end);
            if (!restricts(itself, start, end) || column < 0 || !columns.add(tokens.name(column - 1))) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** An aggregate among the columns gives a row in any case. */
    private boolean calls(int select) {
        for (int i = select; !tokens.is(i, Keyword.FROM) && i < tokens.size(); i++) {
            if (tokens.is(i, TokenKind.LEFT_PARENTHESIS)) {
                return true;
            }
        }
        return false;
    }

    private boolean combines(int from, int to) {
        return has(Keyword.UNION, from - 1, to)
                || has(Keyword.INTERSECT, from - 1, to)
                || has(Keyword.EXCEPT, from - 1, to);
    }

    private boolean has(Keyword keyword, int open, int close) {
        return Boundaries.next(tokens, keyword, open + 1, close) < close;
    }

    private int end(int from, int close) {
        int end = close;
        for (Keyword clause : CLAUSES) {
            end = Math.min(end, Boundaries.next(tokens, clause, from, end));
        }
        return end;
    }

    private static final Keyword[] CLAUSES = {
        Keyword.GROUP,
        Keyword.HAVING,
        Keyword.WINDOW,
        Keyword.ORDER,
        Keyword.LIMIT,
        Keyword.OFFSET,
        Keyword.FETCH,
        Keyword.FOR
    };

    /** Whether the query's conditions name a column that is, or may be, the target's: else it is the same for every row. */
    private boolean isCorrelated(int open) {
        int close = tokens.partner(open);
        int from = Boundaries.next(tokens, Keyword.WHERE, open + 1, close);
        return (Operands.of(tokens, target, from, close) & Operands.TARGET) != 0;
    }
}
