package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** The shapes of a single condition that tokens can judge. */
final class Atoms {
    private final Reading reading;
    private final TokenList tokens;
    private final Target target;

    Atoms(Reading reading, Target target) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.target = target;
    }

    /** A condition without AND, OR and NOT around it. */
    Atom read(int from, int to) {
        return isKey(from, to) ? Atom.SELECTS : other(from, to);
    }

    /** {@code id = 5}: most conditions by far. */
    private boolean isKey(int from, int to) {
        int operator = Columns.end(tokens, from, to);
        return operator > 0
                && tokens.isOperator(operator, "=")
                && Literals.isValue(tokens, operator + 1, to)
                && !Literals.isTruth(tokens, to - 1)
                && !tokens.is(to - 1, Keyword.NULL)
                && !Columns.isTableNumber(tokens, operator - 1)
                && (operator == from + 1
                        ? !Operands.isSessionValue(tokens, from)
                        : target.isCalled(tokens, operator - 3));
    }

    private Atom other(int from, int to) {
        int operands = Operands.of(tokens, target, from, to);
        if ((operands & (Operands.TARGET | Operands.QUERY)) == 0) {
            return operands == 0 ? Literals.compared(tokens, from, to) : Atom.SAME_FOR_ALL;
        }
        if (tokens.is(from, Keyword.CURRENT) && tokens.is(from + 1, Keyword.OF)) {
            return Atom.RESTRICTS;
        }
        if ((operands & Operands.QUERY) != 0) {
            return new Subqueries(reading, target).read(from, to);
        }
        if (tokens.is(from, TokenKind.LEFT_PARENTHESIS)) {
            return row(from, to);
        }
        int operator = Columns.end(tokens, from, to);
        if (operator == to || Columns.isCallOfColumn(tokens, from, to)) {
            return isTarget(from, to) ? Atom.RESTRICTS : Atom.UNCLEAR;
        }
        Atom worded = operator < 0 ? Atom.UNCLEAR : worded(from, operator, to);
        return worded == Atom.UNCLEAR ? compared(from, to) : worded;
    }

    private boolean isTarget(int from, int to) {
        return (Operands.of(tokens, target, from, to) & Operands.TARGET) != 0;
    }

    /** {@code (a, b) IN ((1, 2), (3, 4))}; any other expression in parentheses goes the common way. */
    private Atom row(int from, int to) {
        int behind = tokens.partner(from) + 1;
        boolean not = tokens.is(behind, Keyword.NOT);
        int in = not ? behind + 1 : behind;
        boolean values = tokens.is(in, Keyword.IN)
                && tokens.is(in + 1, TokenKind.LEFT_PARENTHESIS)
                && tokens.partner(in + 1) == to - 1
                && isTarget(from, behind)
                && (!not || Columns.isGroup(tokens, from, behind))
                && isFree(in + 1, to)
                && !Literals.hasTruth(tokens, in + 1, to);
        return values ? Atom.RESTRICTS : compared(from, to);
    }

    /** Whether nothing in there can be the same as a column of the target. */
    private boolean isFree(int from, int to) {
        int operands = Operands.of(tokens, target, from, to);
        int mirrors = target.itself() ? Operands.OTHER : 0;
        return (operands & (Operands.TARGET | Operands.QUERY | mirrors)) == 0;
    }

    /** A column of the target in [from, operator), and a word behind it: IS, IN, BETWEEN, LIKE. */
    private Atom worded(int from, int operator, int to) {
        if (!isTarget(from, operator)) {
            return Atom.UNCLEAR;
        }
        boolean not = tokens.is(operator, Keyword.NOT);
        int word = not ? operator + 1 : operator;
        return switch (tokens.keyword(word)) {
            case IS -> is(from, word, to);
            case ISNULL, NOTNULL -> word + 1 == to ? nullTest(from) : Atom.UNCLEAR;
            case IN -> in(word + 1, to, not);
            case BETWEEN -> between(word + 1, to, not);
            case LIKE, ILIKE -> Literals.isNarrowPattern(tokens, word + 1, to) ? Atom.RESTRICTS : pattern(word + 1, to);
            default -> Atom.UNCLEAR;
        };
    }

    /** Outside of an empty range lies everything. */
    private Atom between(int from, int to, boolean not) {
        boolean restricts = not ? isUnknown(from, to) : isFree(from, to) && !Literals.hasLimit(tokens, from, to);
        return restricts ? Atom.RESTRICTS : Atom.UNCLEAR;
    }

    /** A pattern that is made when the statement runs is as good as any. */
    private Atom pattern(int from, int to) {
        int operands = Operands.of(tokens, target, from, to);
        return operands == Operands.UNKNOWN ? Atom.RESTRICTS : Atom.UNCLEAR;
    }

    private Atom is(int from, int is, int to) {
        int word = tokens.is(is + 1, Keyword.NOT) ? is + 2 : is + 1;
        if (word + 1 == to) {
            return switch (tokens.keyword(word)) {
                case NULL -> nullTest(from);
                case TRUE, FALSE -> Atom.RESTRICTS;
                default -> Atom.UNCLEAR;
            };
        }
        if (!tokens.is(word, Keyword.DISTINCT) || !tokens.is(word + 1, Keyword.FROM)) {
            return Atom.UNCLEAR;
        }
        if (word > is + 1 && Columns.same(tokens, from, is, word + 2, to)) {
            return Atom.ALWAYS;
        }
        boolean value = Literals.isValue(tokens, word + 2, to) && !tokens.is(word + 2, Keyword.NULL);
        return value ? Atom.RESTRICTS : Atom.UNCLEAR;
    }

    /** Whether a column is NOT NULL the text does not tell, but for those that every table has. */
    private Atom nullTest(int from) {
        return Columns.isSystem(tokens, Operands.lastOfName(tokens, from)) ? Atom.UNCLEAR : Atom.RESTRICTS;
    }

    private Atom in(int open, int to, boolean not) {
        if (!tokens.is(open, TokenKind.LEFT_PARENTHESIS) || tokens.partner(open) != to - 1) {
            return Atom.UNCLEAR;
        }
        if (Literals.isGroupOfValues(tokens, open, to)) {
            boolean system = not && Columns.isSystem(tokens, open - 3);
            return !not ? Atom.SELECTS : system ? Atom.UNCLEAR : Atom.RESTRICTS;
        }
        return isFree(open, to) && !Literals.hasTruth(tokens, open, to) ? Atom.RESTRICTS : Atom.UNCLEAR;
    }

    /** Then {@code id = u.id} is {@code u.id = u.id}: had the target an id too, the server would call id ambiguous. */
    private boolean isJoined() {
        return target.from() < target.to();
    }

    private Atom compared(int from, int to) {
        Operator operator = Operator.find(tokens, from, to);
        if (operator == null) {
            return Atom.UNCLEAR;
        }
        int left = operator.at();
        int right = operator.end();
        if (left == from || right >= to) {
            return Atom.UNCLEAR;
        }
        if (isJoined() && Columns.same(tokens, from, left, right, to)) {
            return operator.isReflexive() ? Atom.ALWAYS : Atom.UNCLEAR;
        }
        if (isFree(right, to)) {
            return against(operator, from, left, right, to);
        }
        if (isFree(from, left)) {
            return operator.isEquality() || operator.isOrdering()
                    ? against(operator, right, to, from, left)
                    : Atom.UNCLEAR;
        }
        return columns(operator, from, left, right, to);
    }

    /** Something of the target in [from, to) against what is the same for every row. */
    private Atom against(Operator operator, int from, int to, int otherFrom, int otherTo) {
        boolean column = Columns.end(tokens, from, to) == to;
        if (!column) {
            return derived(operator, from, to, otherFrom, otherTo) ? Atom.RESTRICTS : Atom.UNCLEAR;
        }
        boolean any = tokens.is(otherFrom, Keyword.ANY) || tokens.is(otherFrom, Keyword.SOME);
        if (any || tokens.is(otherFrom, Keyword.ALL)) {
            return quantified(operator, any, otherFrom + 1, otherTo);
        }
        if (operator.isEquality()) {
            boolean value = Literals.isValue(tokens, otherFrom, otherTo) && !Literals.isTruth(tokens, otherFrom);
            return value || isUnknown(otherFrom, otherTo) ? Atom.SELECTS : Atom.RESTRICTS;
        }
        if (operator.isOrdering()) {
            boolean limit = operator.isInequality()
                    ? Columns.isSystem(tokens, to - 1)
                    : Literals.hasLimit(tokens, otherFrom, otherTo);
            return limit ? Atom.UNCLEAR : Atom.RESTRICTS;
        }
        if (operator.contains() && Literals.hasEmpty(tokens, otherFrom, otherTo)) {
            return Atom.UNCLEAR;
        }
        return operator.isMatch() && !Literals.isNarrowPattern(tokens, otherFrom, otherTo)
                ? pattern(otherFrom, otherTo)
                : Atom.RESTRICTS;
    }

    /** {@code lower(x) = 'a'}, {@code length(x) > 40}, {@code data ->> 'a' = 'b'}. */
    private boolean derived(Operator operator, int from, int to, int otherFrom, int otherTo) {
        boolean call = Columns.isCallOfColumn(tokens, from, to);
        if (operator.isOrdering()) {
            return call
                    && otherFrom + 1 == otherTo
                    && tokens.is(otherFrom, TokenKind.NUMBER)
                    && Literals.isPositive(tokens, otherFrom);
        }
        return operator.isEquality() && (call || Columns.isField(tokens, from, to));
    }

    private boolean isUnknown(int from, int to) {
        return Operands.of(tokens, target, from, to) == Operands.UNKNOWN;
    }

    private Atom quantified(Operator operator, boolean any, int open, int to) {
        if (!tokens.is(open, TokenKind.LEFT_PARENTHESIS) || tokens.partner(open) != to - 1) {
            return Atom.UNCLEAR;
        }
        boolean known = Literals.isGroupOfValues(tokens, open, to) && !tokens.isString(open + 1);
        if (any && operator.isEquality() && (known || tokens.isString(open + 1))) {
            return Atom.SELECTS;
        }
        return known || isUnknown(open, to) ? Atom.RESTRICTS : Atom.UNCLEAR;
    }

    private Atom columns(Operator operator, int from, int left, int right, int to) {
        if (Columns.end(tokens, from, left) != left || Columns.end(tokens, right, to) != to) {
            return Atom.UNCLEAR;
        }
        boolean sameName = tokens.name(left - 1).equals(tokens.name(to - 1));
        if (!sameName) {
            // The same table beside it may have its columns under other names.
            boolean renamed = target.itself() && operator.isEquality();
            return !renamed && (operator.isEquality() || operator.isOrdering()) ? Atom.RESTRICTS : Atom.UNCLEAR;
        }
        if (Columns.same(tokens, from, left, right, to)) {
            return operator.isReflexive() ? Atom.ALWAYS : Atom.UNCLEAR;
        }
        return target.itself() ? Atom.UNCLEAR : Atom.RESTRICTS;
    }
}
