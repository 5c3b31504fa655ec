package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.rule.BudgetSource;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.proxy.batch.SqlText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command tag says of the rows of the statement that it ends (protocol-message-formats, CommandComplete). */
final class SpentRows {
    private static final int MOST_DIGITS = 18;

    private SpentRows() {}

    /** The last number of {@code INSERT 0 5}, {@code COPY 5}; unknown where there is none. */
    static long of(WireReader tag) {
        int end = 0;
        while (tag.peek(end) > 0) {
            end++;
        }
        int start = end;
        while (start > 0 && isDigit(tag.peek(start - 1))) {
            start--;
        }
        if (start == end || end - start > MOST_DIGITS) {
            return BudgetSource.UNKNOWN;
        }
        long rows = 0;
        for (int at = start; at < end; at++) {
            rows = 10 * rows + tag.peek(at) - '0';
        }
        return rows;
    }

    private static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    /** COMMIT that found the transaction failed is answered by ROLLBACK. */
    static boolean commits(WireReader tag) {
        return CommandTags.fits(StatementKind.COMMIT, tag) && !CommandTags.fits(StatementKind.ROLLBACK, tag);
    }

    /** The one statement that the tag is of, as {@link TagCheck} has counted them; null where several may be meant. */
    static @Nullable StatementFacts certain(Slot slot, List<SqlText> judged) {
        SqlText text = judged.get(0);
        if (judged.size() != 1 || !text.certain() || slot.resumes) {
            return null;
        }
        List<StatementFacts> statements = text.statements();
        int place = slot.kind == Slot.Kind.QUERY ? slot.answered - 1 : 0;
        boolean known = slot.kind == Slot.Kind.QUERY ? place >= 0 && !slot.unclear : statements.size() == 1;
        if (!known || place >= statements.size()) {
            return null;
        }
        return statements.get(place).kind() == StatementKind.EXECUTE ? null : statements.get(place);
    }
}
