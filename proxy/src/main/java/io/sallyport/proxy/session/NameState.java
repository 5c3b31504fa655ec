package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import java.util.Set;

/**
 * A number that stays the same while the same text means the same: it follows what was let run and may change what
 * names stand for (SET of search_path or role, definitions), and ROLLBACK takes it back to where BEGIN found it.
 */
final class NameState {
    /** They change rows, or transactions, but no names. */
    private static final Set<StatementKind> KEEPS = Set.of(
            StatementKind.INSERT,
            StatementKind.UPDATE,
            StatementKind.DELETE,
            StatementKind.MERGE,
            StatementKind.TRUNCATE,
            StatementKind.COPY_FROM,
            StatementKind.COPY_TO,
            StatementKind.LOCK,
            StatementKind.SAVEPOINT,
            StatementKind.RELEASE,
            StatementKind.SALLYPORT);

    private long number;
    private long atBegin;
    private boolean open;
    private boolean changedInTransaction;

    long number() {
        return number;
    }

    /** The batch goes to the server. */
    void ran(BatchReading reading) {
        for (Judgeable point : reading.points()) {
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    ran(statement);
                }
            }
        }
        if (!reading.resumed().isEmpty()) {
            changed("resumed");
        }
    }

    private void ran(StatementFacts statement) {
        switch (statement.kind()) {
            case BEGIN -> {
                if (!open) {
                    begin();
                    open = true;
                }
            }
            case ROLLBACK -> {
                if (open) {
                    number = atBegin;
                    open = false;
                }
            }
            case COMMIT, ROLLBACK_TO -> {
                open &= statement.kind() != StatementKind.COMMIT;
                // Either may take a SET back.
                if (changedInTransaction) {
                    changed(statement.text());
                }
            }
            default -> {
                if (!keeps(statement)) {
                    changed(statement.text());
                }
            }
        }
    }

    private static boolean keeps(StatementFacts statement) {
        boolean itself = statement.statementClass() == StatementClass.READ || KEEPS.contains(statement.kind());
        if (!itself || !statement.settings().isEmpty()) {
            return false;
        }
        for (StatementFacts nested : statement.nested()) {
            if (!keeps(nested)) {
                return false;
            }
        }
        return true;
    }

    private void changed(String text) {
        number = number * 0x100000001b3L + text.hashCode();
        changedInTransaction = true;
    }

    /** The server's word, with nothing outstanding, that no transaction is open: whatever was sent to begin one. */
    void idle() {
        open = false;
        begin();
    }

    private void begin() {
        atBegin = number;
        changedInTransaction = false;
    }
}
