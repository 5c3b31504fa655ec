package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.proxy.batch.SqlText;
import java.util.List;

/**
 * Whether the server says, by its command tags, that it ran what was judged. Compares bytes; on the way of every statement, so that nothing is
 * made here.
 */
final class TagCheck {
    private TagCheck() {}

    /**
     * Counts the tag.
     *
     * @param slot what was judged of the message that is answered is known
     * @param tag body of a CommandComplete; it is looked at, and not read on
     */
    static boolean fits(Slot slot, WireReader tag) {
        List<SqlText> judged = slot.judged;
        if (judged == null || slot.unclear) {
            return true;
        }
        SqlText text = judged.get(0);
        int place = slot.answered++;
        if (slot.kind != Slot.Kind.QUERY) {
            return any(judged, tag) || (slot.resumes && CommandTags.fits(StatementKind.SELECT, tag));
        } else if (!text.certain()) {
            return any(judged, tag) && (place < text.statementCount() || holdsUnreadable(text));
        }
        List<StatementFacts> statements = text.statements();
        if (place >= statements.size()) {
            return false;
        }
        StatementKind kind = statements.get(place).kind();
        // Nobody knows where it ends: what comes after it may belong to it.
        slot.unclear = kind == StatementKind.UNREADABLE;
        return CommandTags.fits(kind, tag) || (kind == StatementKind.EXECUTE && any(judged, tag));
    }

    private static boolean holdsUnreadable(SqlText text) {
        return text.statements().stream().anyMatch(statement -> statement.kind() == StatementKind.UNREADABLE);
    }

    /** Whether it is that of any statement that may have run. */
    private static boolean any(List<SqlText> judged, WireReader tag) {
        for (int i = 0; i < judged.size(); i++) {
            List<StatementFacts> statements = judged.get(i).statements();
            for (int j = 0; j < statements.size(); j++) {
                StatementFacts statement = statements.get(j);
                if (CommandTags.fits(statement.kind(), tag)
                        || (statement.kind() == StatementKind.PREPARE && prepares(statement, tag))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an EXECUTE of it may be answered so: what only reads is not among the writes inside. */
    private static boolean prepares(StatementFacts statement, WireReader tag) {
        return CommandTags.fits(StatementKind.SELECT, tag)
                || statement.nested().stream().anyMatch(nested -> CommandTags.fits(nested.kind(), tag));
    }
}
