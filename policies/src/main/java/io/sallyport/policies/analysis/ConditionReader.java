package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** Whether a WHERE condition holds anything back. The clear shapes are decided from tokens; the rest is {@link Where#PRESENT} until it is parsed. */
final class ConditionReader {
    /** A condition may be nested deeper than the call stack. */
    private static final int DEEPEST = 500;

    /** Beyond these the sides of an OR are not compared with each other. */
    private static final int MOST_SIDES = 8;

    private final Reading reading;
    private final TokenList tokens;
    private final Target target;
    private int depth;

    private ConditionReader(Reading reading, Target target) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.target = target;
    }

    /** The condition in the tokens [from, to). */
    static Where read(Reading reading, Target target, int from, int to) {
        if (from >= to) {
            throw new Unreadable("expected a condition behind WHERE");
        }
        return switch (tokens(reading, target, from, to)) {
            case ALWAYS, SAME_FOR_ALL -> Where.ALWAYS_TRUE;
            case SELECTS, RESTRICTS, NEVER -> Where.PRESENT;
            case UNCLEAR -> parsed(reading, target, from, to);
        };
    }

    /** What the tokens alone say. */
    static Atom tokens(Reading reading, Target target, int from, int to) {
        return new ConditionReader(reading, target).disjunction(from, to);
    }

    private static Where parsed(Reading reading, Target target, int from, int to) {
        reading.unclear();
        if (!reading.complete()) {
            return Where.PRESENT;
        }
        return new FormulaReader(reading, target).letsEverythingThrough(from, to) ? Where.ALWAYS_TRUE : Where.PRESENT;
    }

    private Atom disjunction(int from, int to) {
        if (++depth > DEEPEST) {
            throw new Unreadable("a condition is nested more than " + DEEPEST + " deep");
        }
        Atom verdict = sides(from, to);
        depth--;
        return verdict;
    }

    private Atom sides(int from, int to) {
        int first = Boundaries.next(tokens, Keyword.OR, from, to);
        if (first == to) {
            return conjunction(from, to);
        }
        Sides sides = new Sides(tokens, MOST_SIDES);
        for (int start = from; start <= to; ) {
            int end = Boundaries.next(tokens, Keyword.OR, start, to);
            Atom side = conjunction(start, end);
            if (side == Atom.ALWAYS || side == Atom.SAME_FOR_ALL) {
                return side;
            }
            sides.add(side, start, end);
            start = end + 1;
        }
        return sides.together();
    }

    private Atom conjunction(int from, int to) {
        int first = Boundaries.next(tokens, Keyword.AND, from, to);
        if (first == to) {
            return negation(from, to);
        }
        Atom strongest = Atom.ALWAYS;
        for (int start = from; start <= to; ) {
            int end = Boundaries.next(tokens, Keyword.AND, start, to);
            Atom part = negation(start, end);
            if (part == Atom.SELECTS) {
                return part;
            }
            strongest = both(strongest, part);
            start = end + 1;
        }
        return strongest;
    }

    /** What restricts, restricts all; what is unclear may, unless something else does. */
    private static Atom both(Atom a, Atom b) {
        if (a == Atom.RESTRICTS || b == Atom.RESTRICTS) {
            return Atom.RESTRICTS;
        }
        if (a == Atom.NEVER || b == Atom.NEVER) {
            return Atom.NEVER;
        }
        return a.compareTo(b) >= 0 ? strongest(a, b) : strongest(b, a);
    }

    private static Atom strongest(Atom later, Atom earlier) {
        return later == Atom.UNCLEAR ? later : earlier;
    }

    private Atom negation(int from, int to) {
        int start = from;
        while (tokens.is(start, Keyword.NOT)) {
            start++;
        }
        if (start >= to) {
            throw new Unreadable("a condition lacks a part");
        }
        boolean not = (start - from) % 2 == 1;
        return not ? negated(start, to) : plain(start, to);
    }

    private Atom plain(int from, int to) {
        int left = from;
        int right = to;
        while (tokens.is(left, TokenKind.LEFT_PARENTHESIS) && tokens.partner(left) == right - 1) {
            left++;
            right--;
        }
        if (left >= right) {
            throw new Unreadable("a condition lacks a part");
        }
        boolean query = left > from && Boundaries.isQuery(tokens, left);
        if (left == from || query) {
            int open = query ? left - 1 : left;
            return new Atoms(reading, target).read(open, query ? right + 1 : right);
        }
        return disjunction(left, right);
    }

    /** NOT before something simple; NOT of what is NULL is NULL, so the rest is for the parser. */
    private Atom negated(int from, int to) {
        if (!isSingle(from, to)) {
            return Operands.isSameForAllRows(tokens, target, from, to)
                            && (Operands.of(tokens, target, from, to) & Operands.UNKNOWN) != 0
                    ? Atom.SAME_FOR_ALL
                    : Atom.UNCLEAR;
        }
        int operands = Operands.of(tokens, target, from, to);
        if ((operands & Operands.QUERY) != 0) {
            return new Subqueries(reading, target).negated(from, to);
        }
        return switch (plain(from, to)) {
            case SELECTS, RESTRICTS -> Atom.RESTRICTS;
            case ALWAYS -> Atom.NEVER;
            case SAME_FOR_ALL -> Atom.SAME_FOR_ALL;
            case NEVER -> tokens.is(from, Keyword.FALSE) && from + 1 == to ? Atom.ALWAYS : Atom.UNCLEAR;
            case UNCLEAR -> Atom.UNCLEAR;
        };
    }

    /** No AND, OR and BETWEEN, at most one pair of parentheses around it. */
    private boolean isSingle(int from, int to) {
        boolean wrapped = tokens.is(from, TokenKind.LEFT_PARENTHESIS) && tokens.partner(from) == to - 1;
        int left = wrapped ? from + 1 : from;
        int right = wrapped ? to - 1 : to;
        return !tokens.is(left, Keyword.NOT)
                && !tokens.is(left, TokenKind.LEFT_PARENTHESIS)
                && !Boundaries.hasBetween(tokens, left, right)
                && Boundaries.next(tokens, Keyword.OR, left, right) == right
                && Boundaries.next(tokens, Keyword.AND, left, right) == right;
    }
}
