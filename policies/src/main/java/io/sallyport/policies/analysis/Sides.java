package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenList;
import java.util.ArrayList;
import java.util.List;

/** The sides of an OR. {@code x < 1 OR x >= 1} is everything; sides about different columns never are. */
final class Sides {
    private record Side(String column, boolean selects, boolean nullTest) {
        /** A test for NULL beside a comparison leaves something out, and so do equalities. */
        boolean leavesRoomBeside(Side other) {
            return !column.equals(other.column) || nullTest != other.nullTest || (selects && other.selects);
        }
    }

    private final TokenList tokens;
    private final int most;
    private final List<Side> sides = new ArrayList<>();
    private boolean onlySelects = true;
    private boolean unclear;
    private boolean any;

    Sides(TokenList tokens, int most) {
        this.tokens = tokens;
        this.most = most;
    }

    void add(Atom atom, int from, int to) {
        if (atom == Atom.NEVER) {
            return;
        }
        any = true;
        onlySelects &= atom == Atom.SELECTS;
        int end = Columns.end(tokens, from, to);
        boolean simple = end > 0 && Boundaries.next(tokens, Keyword.AND, from, to) == to;
        unclear |= atom == Atom.UNCLEAR || !simple || sides.size() == most;
        if (!unclear) {
            boolean nullTest = isNullTest(end, to);
            sides.add(new Side(tokens.name(end - 1), atom == Atom.SELECTS, nullTest));
        }
    }

    private boolean isNullTest(int i, int to) {
        int word = tokens.is(i + 1, Keyword.NOT) ? i + 2 : i + 1;
        boolean is = tokens.is(i, Keyword.IS) && tokens.is(word, Keyword.NULL) && word + 1 == to;
        return is || tokens.is(i, Keyword.ISNULL) || tokens.is(i, Keyword.NOTNULL);
    }

    Atom together() {
        if (!any) {
            return Atom.NEVER;
        }
        if (onlySelects) {
            return Atom.SELECTS;
        }
        if (unclear) {
            return Atom.UNCLEAR;
        }
        for (int i = 0; i < sides.size(); i++) {
            for (int k = i + 1; k < sides.size(); k++) {
                if (!sides.get(i).leavesRoomBeside(sides.get(k))) {
                    return Atom.UNCLEAR;
                }
            }
        }
        return Atom.RESTRICTS;
    }
}
