package io.sallyport.proxy.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of an approval token. The token itself is part of none. */
public final class TokenEvent {
    private TokenEvent() {}

    /**
     * What was refused or held can be granted under this code.
     *
     * @param request the code; that of the hold, where it was held
     */
    public record Requested(
            Instant at, String request, String session, String user, String database, String rule, String statement)
            implements AuditEvent {
        public Requested {
            statement = AuditText.statement(statement);
        }
    }

    /**
     * An approver was handed a token.
     *
     * @param by the approvers
     * @param bySession the session of the last one
     * @param statements how many it covers, each once
     * @param rows how many rows each of them may change; null where they are not counted
     * @param searchPath which sessions it is good in: own, any, or an exact one
     */
    public record Granted(
            Instant at,
            String request,
            String by,
            String bySession,
            String user,
            String database,
            int statements,
            @Nullable Long rows,
            String searchPath,
            Instant expiresAt,
            String reason,
            String statement)
            implements AuditEvent {
        public Granted {
            reason = AuditText.note(reason);
            statement = AuditText.statement(statement);
        }
    }

    /**
     * A token was used up for these statements, which run now.
     *
     * @param left how many statements it still covers
     */
    public record Used(
            Instant at,
            String request,
            String session,
            String user,
            String database,
            String client,
            String rule,
            String grantedBy,
            int left,
            String statement)
            implements AuditEvent {
        public Used {
            statement = AuditText.statement(statement);
        }
    }

    /** A use that did not reach the server: the token is as it was. */
    public record GivenBack(Instant at, String request, String session, String why) implements AuditEvent {
        public GivenBack {
            why = AuditText.note(why);
        }
    }

    /** More rows were changed than the token lets: nothing was committed. The token is used. */
    public record RowsExceeded(Instant at, String request, String session, String commandTag, long rows)
            implements AuditEvent {}

    /**
     * A token did not do.
     *
     * @param reason malformed, misplaced, unknown, expired, used, statement, role, database, settings, rows, terms, limit or fault
     * @param delayMillis how long the answer was kept back
     */
    public record Refused(
            Instant at, String session, String user, String database, String client, String reason, long delayMillis)
            implements AuditEvent {}
}
