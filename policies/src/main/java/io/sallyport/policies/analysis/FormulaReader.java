package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.structure.Formula;
import io.sallyport.policies.analysis.structure.Structure;
import io.sallyport.policies.analysis.structure.Truth;
import io.sallyport.policies.analysis.structure.Verdict;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.ArrayList;
import java.util.List;

/** The whole of a condition as a formula: AND, OR and NOT from the tokens, what they combine from the parser. */
final class FormulaReader {
    private final TokenList tokens;
    private final Target target;
    private final Structure structure;

    FormulaReader(Reading reading, Target target) {
        this.tokens = reading.tokens();
        this.target = target;
        this.structure = reading.structure(target);
    }

    boolean letsEverythingThrough(int from, int to) {
        boolean through = disjunction(from, to, false).judged() != Verdict.DEPENDS;
        return through
                || (structure.joinsItself() && disjunction(from, to, true).judged() != Verdict.DEPENDS);
    }

    private Formula disjunction(int from, int to, boolean itself) {
        List<Formula> sides = new ArrayList<>();
        for (int start = from; start <= to; ) {
            int end = Boundaries.next(tokens, Keyword.OR, start, to);
            sides.add(conjunction(start, end, itself));
            start = end + 1;
        }
        return Formula.any(sides);
    }

    private Formula conjunction(int from, int to, boolean itself) {
        List<Formula> parts = new ArrayList<>();
        for (int start = from; start <= to; ) {
            int end = Boundaries.next(tokens, Keyword.AND, start, to);
            parts.add(part(start, end, itself));
            start = end + 1;
        }
        return Formula.all(parts);
    }

    private Formula part(int from, int to, boolean itself) {
        int start = from;
        while (tokens.is(start, Keyword.NOT)) {
            start++;
        }
        if (start >= to) {
            throw new Unreadable("a condition lacks a part");
        }
        boolean not = (start - from) % 2 == 1;
        Formula formula = plain(start, to, itself);
        return not ? formula.not() : formula;
    }

    private Formula plain(int from, int to, boolean itself) {
        boolean wrapped = tokens.is(from, TokenKind.LEFT_PARENTHESIS) && tokens.partner(from) == to - 1;
        if (wrapped && !Boundaries.isQuery(tokens, from + 1)) {
            return disjunction(from + 1, to - 1, itself);
        }
        int suffix = truthTest(from, to);
        if (suffix > 0) {
            Formula tested = disjunction(from, suffix, itself);
            boolean not = tokens.is(suffix + 1, Keyword.NOT);
            return tested.tested(tokens.is(to - 1, Keyword.TRUE), not);
        }
        return atom(from, to, itself);
    }

    /** Where IS [NOT] TRUE or FALSE begins, at the end of a condition; else -1. It binds looser than a comparison. */
    private int truthTest(int from, int to) {
        if (!Literals.isTruth(tokens, to - 1)) {
            return -1;
        }
        int is = tokens.is(to - 2, Keyword.NOT) ? to - 3 : to - 2;
        return is > from && tokens.is(is, Keyword.IS) ? is : -1;
    }

    private Formula atom(int from, int to, boolean itself) {
        if (from + 1 == to && Literals.isTruth(tokens, from)) {
            return tokens.is(from, Keyword.TRUE) ? Truth.TRUE : Truth.FALSE;
        }
        boolean varies = !Operands.isSameForAllRows(tokens, target, from, to);
        return structure.formula(tokens.canonical(from, to), varies, itself);
    }
}
