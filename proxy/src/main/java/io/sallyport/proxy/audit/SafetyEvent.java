package io.sallyport.proxy.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was done, or could not be, before something that was approved ran. */
public sealed interface SafetyEvent extends AuditEvent {
    /**
     * There is a restore point in the server's WAL.
     *
     * @param hold the code of the hold, or of the request that a token was granted for
     * @param time when it was made
     */
    record RestorePointMade(Instant at, String hold, String session, String name, String lsn, Instant time)
            implements SafetyEvent {}

    /**
     * The rows that were to be changed were copied, in the transaction that changes them. Written just before its COMMIT.
     *
     * @param verb DELETE, UPDATE or TRUNCATE
     * @param until when the copy is dropped
     */
    record RowsKept(Instant at, String hold, String session, String verb, List<String> tables, long rows, Instant until)
            implements SafetyEvent {
        public RowsKept {
            tables = List.copyOf(tables);
        }
    }

    /**
     * Somebody has asked that kept rows are brought back, or that was done, or not.
     *
     * @param of the code of what is undone
     * @param hold the code of the hold that the undo waits by
     * @param outcome asked, undone, drifted, failed or unclear
     * @param reason why it was not done; empty where it was
     */
    record Undo(Instant at, String of, String hold, String requester, String outcome, long rows, String reason)
            implements SafetyEvent {
        public Undo {
            reason = AuditText.note(reason);
        }
    }

    /**
     * A safety net was not there: nothing of what was to run has.
     *
     * @param hold the code of the hold or the request; null where none was opened
     */
    record NetMissing(Instant at, @Nullable String hold, String session, String rule, String reason)
            implements SafetyEvent {
        public NetMissing {
            reason = AuditText.note(reason);
        }
    }
}
