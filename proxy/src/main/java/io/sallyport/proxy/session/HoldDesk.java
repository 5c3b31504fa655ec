package io.sallyport.proxy.session;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.config.HoldSettings;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.HeldWork;
import io.sallyport.proxy.gate.NameToType;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldListener;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.safety.NetFailure;
import io.sallyport.proxy.safety.NetsFound;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the session's holds, keeps requester and server patient meanwhile, and runs what was approved. */
final class HoldDesk {
    /** Told on the session's loop. */
    interface Ended {
        void ended(Hold hold, Resolution resolution);
    }

    private static final Logger log = LoggerFactory.getLogger(HoldDesk.class);

    private final SessionContext context;
    private final Ended ended;

    HoldDesk(SessionContext context, Ended ended) {
        this.context = context;
        this.ended = ended;
    }

    /**
     * @param safety what an approver reads of its safety nets, and how many people they ask for
     * @return null when no hold can be opened: the batch is to be refused
     */
    Standstill.@Nullable Held open(Batch batch, BatchReading reading, Ruling.Hold ruling, NetsFound safety) {
        if (lacksReason(ruling)) {
            Denial denial = HoldTexts.reasonMissing(ruling.verdict());
            context.records().denied(reading, context.services().gatekeeper().refuse(batch, ruling.index(), denial));
            return null;
        }
        WaitingBatch waiting = WaitingBatch.enter(context, batch, reading, ruling.index());
        if (waiting == null) {
            return null;
        }
        Hold hold;
        try {
            hold = context.services()
                    .holds()
                    .open(
                            request(context, ruling, safety),
                            ruling.verdict().terms().expires(),
                            listener());
        } catch (RuntimeException cannot) {
            log.error("a hold could not be opened; the batch is refused", cannot);
            waiting.over();
            return null;
        }
        if (!recorded(ruling, hold)) {
            context.services().holds().resolve(hold, new Resolution.Withdrawn("could not be recorded in the audit"));
            waiting.over();
            return null;
        }
        context.votes().reasonUsed();
        HoldSettings settings = context.services().config().hold();
        waiting.once(
                Duration.between(now(), hold.expiresAt()),
                () -> context.services().holds().resolve(hold, new Resolution.Expired()));
        waiting.every(settings.remindEvery(), () -> {
            if (hold.resolution() == null) {
                context.remind(HoldTexts.reminder(hold, now()));
                context.flush();
            }
        });
        String page = context.services().config().page().url();
        context.notice(HoldTexts.opened(hold, now(), waiting.keepAlive(), page));
        TokenWaiting.held(context, hold, ruling);
        return new Standstill.Held(waiting, ruling, hold, safety.quorum());
    }

    private boolean recorded(Ruling.Hold ruling, Hold hold) {
        String code = hold.code().value();
        String reason = hold.request().reason();
        return context.records().stopped("hold", ruling.verdict(), ruling.work(), code)
                && (reason.isEmpty()
                        || context.records()
                                .append(new AuditEvent.ReasonGiven(
                                        now(), code, context.info().code(), reason)));
    }

    /** From whatever thread voted or resolved onto the session's loop. */
    private HoldListener listener() {
        return new HoldListener() {
            @Override
            public void resolved(Hold hold, Resolution resolution) {
                Runnable tell = () -> context.loop().execute(() -> ended.ended(hold, resolution));
                if (resolution.releases()) {
                    // What was approved runs once that is on record.
                    context.services().audit().onRecord(tell);
                } else {
                    tell.run();
                }
            }

            @Override
            public void voted(Hold hold, Vote vote) {
                tell(hold, HoldTexts.voted(hold, vote));
            }

            @Override
            public void voteWithdrawn(Hold hold, String by) {
                tell(hold, HoldTexts.voteWithdrawn(hold, by));
            }
        };
    }

    /** Nothing is told of votes once it has ended: the end names them all. */
    private void tell(Hold hold, NoticeResponse notice) {
        context.loop().execute(() -> {
            if (hold.resolution() == null) {
                context.remind(notice);
                context.flush();
            }
        });
    }

    boolean lacksReason(Ruling.Hold ruling) {
        return ruling.verdict().terms().approval().reasonRequired()
                && context.votes().reason().isEmpty();
    }

    /** Why {@link #open} opened none. */
    Denial cannotHold(Ruling.Hold ruling) {
        return lacksReason(ruling) ? HoldTexts.reasonMissing(ruling.verdict()) : HoldTexts.cannotHold();
    }

    /** The refusal of a hold that ended otherwise, or was released for something that is not as it was. */
    Denial refused(Hold hold, Resolution resolution, @Nullable String changed) {
        if (!resolution.releases()) {
            return HoldTexts.ended(hold, resolution);
        }
        Denial voided = HoldTexts.voided(hold, String.valueOf(changed));
        ranNothing(hold, voided);
        return voided;
    }

    /** The refusal of a hold that was released, and whose safety nets are not there. */
    Denial netMissing(Hold hold, @Nullable NetFailure missing) {
        Denial denial = missing == null ? Denial.unrecorded() : NetTexts.missing(hold, missing);
        ranNothing(hold, denial);
        context.services().holds().finished(hold, new Outcome(List.of(), denial.sqlState()));
        return denial;
    }

    private void ranNothing(Hold hold, Denial denial) {
        context.records()
                .append(new AuditEvent.Finished(
                        now(), hold.code().value(), context.info().code(), List.of(), denial.sqlState()));
    }

    void release(Standstill.Held held, Resolution resolution) {
        Hold hold = held.hold();
        WaitingBatch waiting = held.waiting();
        Permit permit =
                context.services().gatekeeper().release(waiting.batch(), waiting.reading(), held.ruling(), resolution);
        context.notice(HoldTexts.released(hold, resolution));
        RunOutcome run = new RunOutcome(outcome -> finished(hold, outcome))
                .keeping(Keep.of(held.ruling(), hold.code(), "", null));
        context.run(waiting.batch(), waiting.reading(), permit, run);
        TokenWaiting.released(context, hold);
    }

    private void finished(Hold hold, RunOutcome outcome) {
        context.services().holds().finished(hold, new Outcome(outcome.commandTags(), outcome.sqlState()));
        context.records().finished(hold.code().value(), outcome.commandTags(), outcome.sqlState());
    }

    /** The approval is on record; so must be that nothing ran. False when the hold ended otherwise. */
    boolean takeBack(Hold hold) {
        Resolution resolution = hold.resolution();
        if (resolution == null || !resolution.releases()) {
            return false;
        }
        context.records()
                .append(new AuditEvent.Finished(
                        now(), hold.code().value(), context.info().code(), List.of(), SqlState.QUERY_CANCELED));
        return true;
    }

    /** What an approver reads of it. */
    static HoldRequest request(SessionContext context, Ruling.Grantable ruling, NetsFound safety) {
        HeldWork work = ruling.work();
        Verdict verdict = ruling.verdict();
        ApprovalTerms approval = ruling instanceof Ruling.Hold
                ? verdict.terms().approval()
                : ruling.coverage().terms();
        boolean inTransaction = context.settings().transaction() == TransactionStatus.IN_TRANSACTION;
        return new HoldRequest(
                context.info().code(),
                context.info().user(),
                context.info().database(),
                context.settings().application(),
                context.info().client(),
                context.claimedUser().name(),
                verdict.rule(),
                verdict.message() == null ? "" : verdict.message(),
                work.texts(),
                work.parameters(),
                work.summaries(),
                inTransaction ? locks(context) : List.of(),
                context.certificate(),
                context.votes().reason(),
                new HoldTerms(
                        safety.quorum() == 0 ? approval : approval.by(safety.quorum()),
                        ruling.names().stream().map(NameToType::name).toList(),
                        ruling.names().stream().map(NameToType::place).toList(),
                        safety.lines()));
    }

    private static List<String> locks(SessionContext context) {
        List<String> locks = context.transactionLog().locks();
        return locks.isEmpty()
                ? List.of("it holds no locks on tables that it wrote to")
                : locks.stream().map(lock -> "others wait for " + lock).toList();
    }

    private Instant now() {
        return context.services().clock().instant();
    }
}
