package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.structure.QueryReader;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/**
 * Whether a WHERE condition holds anything back. The clear shapes are decided from tokens: {@code column = value} joined by AND, conditions
 * that name no column, {@code x = x}. The rest is {@link Where#PRESENT} until it is parsed.
 */
final class ConditionReader {
    private enum Verdict {
        /** A column compared for equality with values. */
        SELECTS,
        RESTRICTS,
        ALWAYS_TRUE,
        UNCLEAR
    }

    /** A condition may be nested deeper than the call stack. */
    private static final int DEEPEST = 500;

    private final TokenList tokens;
    private int depth;

    private ConditionReader(TokenList tokens) {
        this.tokens = tokens;
    }

    /** The condition in the tokens [from, to). */
    static Where read(Reading reading, int from, int to) {
        if (from >= to) {
            throw new Unreadable("expected a condition behind WHERE");
        }
        return switch (new ConditionReader(reading.tokens()).disjunction(from, to)) {
            case ALWAYS_TRUE -> Where.ALWAYS_TRUE;
            case SELECTS, RESTRICTS -> Where.PRESENT;
            case UNCLEAR -> parsed(reading, from, to);
        };
    }

    private static Where parsed(Reading reading, int from, int to) {
        if (!reading.complete()) {
            reading.structurePending();
            return Where.PRESENT;
        }
        return QueryReader.alwaysTrue(reading.tokens().canonical(from, to)) ? Where.ALWAYS_TRUE : Where.PRESENT;
    }

    private Verdict disjunction(int from, int to) {
        if (++depth > DEEPEST) {
            throw new Unreadable("a condition is nested more than " + DEEPEST + " deep");
        }
        Verdict verdict = sides(from, to);
        depth--;
        return verdict;
    }

    private Verdict sides(int from, int to) {
        int left = from;
        int right = to;
        while (tokens.is(left, TokenKind.LEFT_PARENTHESIS) && tokens.partner(left) == right - 1) {
            left++;
            right--;
        }
        // AND belongs to BETWEEN, and any word to CASE: their parts are no conditions.
        if (has(Keyword.CASE, left, right) || has(Keyword.BETWEEN, left, right)) {
            return Atoms.namesColumn(tokens, left, right) ? Verdict.UNCLEAR : Verdict.ALWAYS_TRUE;
        }
        boolean several = has(Keyword.OR, left, right);
        Verdict worst = Verdict.SELECTS;
        for (int start = left; start <= right; ) {
            int end = next(Keyword.OR, start, right);
            Verdict side = conjunction(start, end, several || start > left);
            // x < 1 OR x >= 1 is everything: only equalities are safe beside an OR.
            worst = max(worst, several && side == Verdict.RESTRICTS ? Verdict.UNCLEAR : side);
            if (side == Verdict.ALWAYS_TRUE) {
                return side;
            }
            start = end + 1;
        }
        return worst;
    }

    private Verdict conjunction(int from, int to, boolean split) {
        boolean single = next(Keyword.AND, from, to) == to;
        if (single && tokens.is(from, TokenKind.LEFT_PARENTHESIS) && tokens.partner(from) == to - 1) {
            return disjunction(from, to);
        }
        boolean unclear = false;
        boolean always = true;
        boolean selects = false;
        for (int start = from; start <= to; ) {
            int end = next(Keyword.AND, start, to);
            Verdict part = single ? atom(start, end) : conjunction(start, end, split);
            if (part == Verdict.RESTRICTS) {
                return part;
            }
            selects |= part == Verdict.SELECTS;
            unclear |= part == Verdict.UNCLEAR;
            always &= part == Verdict.ALWAYS_TRUE;
            start = end + 1;
        }
        if (selects) {
            return Verdict.SELECTS;
        }
        return unclear || !always ? Verdict.UNCLEAR : Verdict.ALWAYS_TRUE;
    }

    private Verdict atom(int from, int to) {
        if (from >= to) {
            throw new Unreadable("a condition lacks a part");
        }
        if (!Atoms.namesColumn(tokens, from, to)) {
            return Atoms.isFalse(tokens, from, to) ? Verdict.RESTRICTS : Verdict.ALWAYS_TRUE;
        }
        if (Atoms.comparesWithItself(tokens, from, to)) {
            return Verdict.ALWAYS_TRUE;
        }
        if (Atoms.selectsByValue(tokens, from, to)) {
            return Verdict.SELECTS;
        }
        return Atoms.restricts(tokens, from, to) ? Verdict.RESTRICTS : Verdict.UNCLEAR;
    }

    private boolean has(Keyword keyword, int from, int to) {
        return next(keyword, from, to) < to;
    }

    private int next(Keyword keyword, int from, int to) {
        Walker walker = new Walker(tokens, from, to);
        return walker.seek(keyword) ? walker.at() : to;
    }

    private static Verdict max(Verdict a, Verdict b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
