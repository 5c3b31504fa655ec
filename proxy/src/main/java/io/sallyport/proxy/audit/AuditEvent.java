package io.sallyport.proxy.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit. Parameter values are never part of it; text is cut, and secrets in it masked, when an event
 * is made, so that no sink can forget to.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AuditEvent.SessionStarted.class, name = "session_started"),
    @JsonSubTypes.Type(value = AuditEvent.SessionEnded.class, name = "session_ended"),
    @JsonSubTypes.Type(value = AuditEvent.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = AuditEvent.Voted.class, name = "voted"),
    @JsonSubTypes.Type(value = AuditEvent.ReasonGiven.class, name = "reason_given"),
    @JsonSubTypes.Type(value = AuditEvent.GlassBroken.class, name = "break_glass"),
    @JsonSubTypes.Type(value = AuditEvent.HoldEnded.class, name = "hold_ended"),
    @JsonSubTypes.Type(value = AuditEvent.DelayEnded.class, name = "delay_ended"),
    @JsonSubTypes.Type(value = AuditEvent.Confirmed.class, name = "confirmed"),
    @JsonSubTypes.Type(value = AuditEvent.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = EffectsEvent.class, name = "effects"),
    @JsonSubTypes.Type(value = TokenEvent.Requested.class, name = "token_requested"),
    @JsonSubTypes.Type(value = TokenEvent.Granted.class, name = "token_granted"),
    @JsonSubTypes.Type(value = TokenEvent.Used.class, name = "token_used"),
    @JsonSubTypes.Type(value = TokenEvent.GivenBack.class, name = "token_given_back"),
    @JsonSubTypes.Type(value = TokenEvent.RowsExceeded.class, name = "token_rows_exceeded"),
    @JsonSubTypes.Type(value = TokenEvent.Refused.class, name = "token_refused"),
    @JsonSubTypes.Type(value = AccessTokenEvent.Made.class, name = "access_token_made"),
    @JsonSubTypes.Type(value = AccessTokenEvent.Revoked.class, name = "access_token_revoked"),
    @JsonSubTypes.Type(value = SelfCheckEvent.class, name = "self_check"),
    @JsonSubTypes.Type(value = SafetyEvent.RestorePointMade.class, name = "restore_point"),
    @JsonSubTypes.Type(value = SafetyEvent.RowsKept.class, name = "rows_kept"),
    @JsonSubTypes.Type(value = SafetyEvent.Undo.class, name = "undo"),
    @JsonSubTypes.Type(value = SafetyEvent.NetMissing.class, name = "safety_net_missing"),
    @JsonSubTypes.Type(value = AuditEvent.PolicyLoaded.class, name = "policy_loaded"),
    @JsonSubTypes.Type(value = AuditEvent.PolicyRefused.class, name = "policy_refused"),
    @JsonSubTypes.Type(value = AuditEvent.LoginFailed.class, name = "login_failed"),
    @JsonSubTypes.Type(value = AuditEvent.AuditOpened.class, name = "audit_opened"),
    @JsonSubTypes.Type(value = AuditEvent.Checkpoint.class, name = "checkpoint")
})
public sealed interface AuditEvent
        permits AuditEvent.SessionStarted,
                AuditEvent.SessionEnded,
                AuditEvent.Decided,
                AuditEvent.Voted,
                AuditEvent.ReasonGiven,
                AuditEvent.GlassBroken,
                AuditEvent.HoldEnded,
                AuditEvent.DelayEnded,
                AuditEvent.Confirmed,
                AuditEvent.Finished,
                EffectsEvent,
                AuditEvent.PolicyLoaded,
                AuditEvent.PolicyRefused,
                AuditEvent.LoginFailed,
                AuditEvent.AuditOpened,
                AuditEvent.Checkpoint,
                TokenEvent.Requested,
                TokenEvent.Granted,
                TokenEvent.Used,
                TokenEvent.GivenBack,
                TokenEvent.RowsExceeded,
                TokenEvent.Refused,
                AccessTokenEvent.Made,
                AccessTokenEvent.Revoked,
                SelfCheckEvent,
                SafetyEvent {
    Instant at();

    /** The server let this user in. */
    record SessionStarted(
            Instant at,
            String session,
            String user,
            String database,
            String application,
            String client,
            @Nullable String certificate,
            @Nullable String osUser)
            implements AuditEvent {
        public SessionStarted {
            application = AuditText.note(application);
        }
    }

    record SessionEnded(Instant at, String session, String reason) implements AuditEvent {
        public SessionEnded {
            reason = AuditText.note(reason);
        }
    }

    /**
     * One statement was judged.
     *
     * @param hold the code of the hold that it opened, if it did
     * @param kinds the statement's kind first, then those of the writes inside it
     * @param observed true where the policy only observes: decided, and let through; else null
     * @param sums what was changed before, where a rule asked for that
     */
    record Decided(
            Instant at,
            String session,
            String user,
            String database,
            String application,
            String client,
            String decision,
            String rule,
            @Nullable String hold,
            List<String> kinds,
            String statement,
            boolean readable,
            @Nullable Boolean observed,
            @Nullable List<String> sums)
            implements AuditEvent {
        public Decided {
            application = AuditText.note(application);
            kinds = List.copyOf(kinds);
            sums = sums == null || sums.isEmpty() ? null : List.copyOf(sums);
            statement = AuditText.statement(statement);
        }
    }

    /**
     * Somebody voted on a hold.
     *
     * @param voter their name, for people to read
     * @param voterIssuer who vouches for them; null where they proved a login role, which is the name then
     * @param voterSubject who they are to that issuer
     * @param via the personal access token that the vote came by; null where they logged in themselves
     * @param vote approve, reject, withdraw or break_glass
     * @param counted false when the vote was refused; the detail says why
     */
    record Voted(
            Instant at,
            String hold,
            String voter,
            @Nullable String voterIssuer,
            @Nullable String voterSubject,
            String voterSession,
            @Nullable String via,
            String vote,
            boolean counted,
            String detail)
            implements AuditEvent {
        public Voted {
            via = via == null ? null : AuditText.note(via);
            detail = AuditText.note(detail);
        }

        /** By a login role. */
        public Voted(
                Instant at,
                String hold,
                String voter,
                String voterSession,
                String vote,
                boolean counted,
                String detail) {
            this(at, hold, voter, null, null, voterSession, null, vote, counted, detail);
        }
    }

    /** Why the requester of a hold wants it. */
    record ReasonGiven(Instant at, String hold, String session, String reason) implements AuditEvent {
        public ReasonGiven {
            reason = AuditText.note(reason);
        }
    }

    /** A requester released a hold of their own, alone. */
    record GlassBroken(
            Instant at,
            String hold,
            String session,
            String by,
            String bySession,
            String rule,
            String reason,
            String statement)
            implements AuditEvent {
        public GlassBroken {
            reason = AuditText.note(reason);
            statement = AuditText.statement(statement);
        }
    }

    /**
     * A hold came to its end.
     *
     * @param outcome approved, break_glass, rejected, expired, withdrawn, shutdown or server_lost
     * @param by who approved or rejected
     */
    record HoldEnded(
            Instant at,
            String hold,
            String session,
            String outcome,
            @Nullable String by,
            long waitedMillis,
            String detail)
            implements AuditEvent {
        public HoldEnded {
            detail = AuditText.note(detail);
        }
    }

    /**
     * A batch that a rule delayed waits no more.
     *
     * @param outcome run, withdrawn, shutdown, server_lost, or void where the text may read otherwise by now
     */
    record DelayEnded(Instant at, String session, String rule, String outcome, long waitedMillis)
            implements AuditEvent {}

    /** A refused batch was repeated after its names were typed, and runs. */
    record Confirmed(Instant at, String session, String rule, List<String> names, String statement)
            implements AuditEvent {
        public Confirmed {
            names = List.copyOf(names);
            statement = AuditText.statement(statement);
        }
    }

    /**
     * What the server made of an approved batch.
     *
     * @param commandTags as the server sent them, such as `DELETE 12000`
     * @param sqlState of the error that ended it, if one did
     */
    record Finished(
            Instant at,
            String hold,
            String session,
            List<String> commandTags,
            @Nullable String sqlState) implements AuditEvent {
        public Finished {
            commandTags = List.copyOf(commandTags);
        }
    }

    /** A policy came into force. */
    record PolicyLoaded(Instant at, String file, String digest) implements AuditEvent {}

    /** A policy file has problems; the policy before stays in force. */
    record PolicyRefused(Instant at, String file, String digest, List<String> problems) implements AuditEvent {
        private static final int MOST_PROBLEMS = 20;

        public PolicyRefused {
            problems =
                    problems.stream().limit(MOST_PROBLEMS).map(AuditText::note).toList();
        }
    }

    /**
     * A client was not let in; the user is only who it said to be.
     *
     * @param delayMillis how long the answer was kept back
     */
    record LoginFailed(
            Instant at, String session, String user, String database, String client, String reason, long delayMillis)
            implements AuditEvent {}

    /**
     * The writer took a file up; the first line of every file.
     *
     * @param reason new, restart, rotated, moved or truncated
     * @param after what the file before was renamed to, where Sallyport did it
     * @param unchainedBytes the size of what stood in the file before lines were chained
     * @param torn the SHA-256 of half a line before this one, which a killed process left
     * @param missing how many lines before this one a checkpoint knows of and the file lacks
     */
    record AuditOpened(
            Instant at,
            String reason,
            @Nullable String after,
            @Nullable Long unchainedBytes,
            @Nullable String torn,
            @Nullable Long missing)
            implements AuditEvent {}

    /**
     * Vouches for all lines before it.
     *
     * @param count how many there are, in the whole chain
     * @param head the hash of the last
     * @param key which key signed
     */
    record Checkpoint(
            Instant at,
            long count,
            String head,
            @Nullable String key,
            @Nullable String signature) implements AuditEvent {}
}
