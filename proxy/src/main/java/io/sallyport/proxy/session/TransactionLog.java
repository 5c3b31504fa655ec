package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.analysis.TableName;
import io.sallyport.protocol.TransactionStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which locks the open transaction keeps, told from the statements that were let through (manual, "Explicit
 * Locking"). Asking the server would take a snapshot, or fail, inside the client's own transaction.
 */
final class TransactionLog {
    private static final int MOST_LINES = 20;

    private final Set<String> locks = new LinkedHashSet<>();

    void ran(StatementFacts statement) {
        String mode = mode(statement.kind());
        if (mode != null && locks.size() < MOST_LINES) {
            // The first table is the target; the others are only read.
            for (TableName table :
                    statement.tables().subList(0, Math.min(1, statement.tables().size()))) {
                String name = table.schema() == null ? table.name() : table.schema() + "." + table.name();
                locks.add(mode + " on " + name + " (" + statement.kind().label() + ")");
            }
        }
        for (StatementFacts nested : statement.nested()) {
            ran(nested);
        }
    }

    void status(TransactionStatus status) {
        if (status == TransactionStatus.IDLE) {
            locks.clear();
        }
    }

    List<String> locks() {
        return List.copyOf(locks);
    }

    private static @Nullable String mode(StatementKind kind) {
        return switch (kind) {
            case INSERT, UPDATE, DELETE, MERGE, COPY_FROM -> "RowExclusiveLock";
            case TRUNCATE, DROP_TABLE, DROP_INDEX, DROP_VIEW, ALTER_TABLE, CLUSTER -> "AccessExclusiveLock";
            case CREATE_INDEX -> "ShareLock";
            case LOCK -> "the lock asked for";
            default -> null;
        };
    }
}
