package io.sallyport.proxy.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was done, or could not be, before something that was approved ran. */
public final class SafetyEvent {
    private SafetyEvent() {}

    /**
     * There is a restore point in the server's WAL.
     *
     * @param hold the code of the hold, or of the request that a token was granted for
     * @param time when it was made
     */
    public record RestorePointMade(Instant at, String hold, String session, String name, String lsn, Instant time)
            implements AuditEvent {}

    /**
     * A safety net was not there: nothing of what was to run has.
     *
     * @param hold the code of the hold or the request; null where none was opened
     */
    public record NetMissing(Instant at, @Nullable String hold, String session, String rule, String reason)
            implements AuditEvent {
        public NetMissing {
            reason = AuditText.note(reason);
        }
    }
}
