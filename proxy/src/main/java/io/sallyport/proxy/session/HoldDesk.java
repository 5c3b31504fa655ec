package io.sallyport.proxy.session;

import io.sallyport.policies.decision.Verdict;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.config.HoldSettings;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.HeldWork;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Resolution;
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

    /** @return null when no hold can be opened: the batch is to be refused */
    Standstill.@Nullable Held open(Batch batch, BatchReading reading, Ruling.Hold ruling) {
        WaitingBatch waiting = WaitingBatch.enter(context, batch, reading, ruling.index());
        if (waiting == null) {
            return null;
        }
        Hold hold;
        try {
            hold = context.services()
                    .holds()
                    .open(request(ruling), ruling.verdict().terms().expires(), this::resolved);
        } catch (RuntimeException cannot) {
            log.error("a hold could not be opened; the batch is refused", cannot);
            waiting.over();
            return null;
        }
        if (!context.records()
                .stopped("hold", ruling.verdict(), ruling.work(), hold.code().value())) {
            context.services().holds().resolve(hold, new Resolution.Withdrawn("could not be recorded in the audit"));
            waiting.over();
            return null;
        }
        HoldSettings settings = context.services().config().hold();
        waiting.once(
                Duration.between(now(), hold.expiresAt()),
                () -> context.services().holds().resolve(hold, new Resolution.Expired()));
        waiting.every(settings.remindEvery(), () -> {
            context.remind(HoldTexts.reminder(hold, now()));
            context.flush();
        });
        context.notice(HoldTexts.opened(hold, now(), waiting.keepAlive()));
        return new Standstill.Held(waiting, ruling, hold);
    }

    /** From whatever thread resolved it onto the session's loop. */
    private void resolved(Hold hold, Resolution resolution) {
        context.loop().execute(() -> ended.ended(hold, resolution));
    }

    Denial cannotHold() {
        return new Denial(
                SqlState.INTERNAL_ERROR,
                "this statement needs a second person, and Sallyport cannot hold it now",
                "Too many statements wait already, or too large ones, or the audit cannot be written.",
                "Nothing was sent to the server.",
                "fault");
    }

    void release(Standstill.Held held, Resolution.Approved approved) {
        Hold hold = held.hold();
        WaitingBatch waiting = held.waiting();
        Permit permit = context.services().gatekeeper().release(waiting.batch(), approved);
        context.notice(HoldTexts.approved(hold, approved.by()));
        context.noteRun(waiting.reading());
        context.forwarder().forward(waiting.batch(), waiting.reading(), permit, new RunOutcome(hold, this::finished));
    }

    private void finished(RunOutcome outcome) {
        context.records()
                .append(new AuditEvent.Finished(
                        now(),
                        outcome.hold().code().value(),
                        context.info().code(),
                        outcome.commandTags(),
                        outcome.sqlState()));
    }

    private HoldRequest request(Ruling.Hold ruling) {
        HeldWork work = ruling.work();
        Verdict verdict = ruling.verdict();
        boolean inTransaction = context.settings().transaction() == TransactionStatus.IN_TRANSACTION;
        return new HoldRequest(
                context.info().code(),
                context.info().user(),
                context.info().database(),
                context.settings().application(),
                context.info().client(),
                verdict.rule(),
                verdict.message() == null ? "" : verdict.message(),
                work.texts(),
                work.parameters(),
                work.summaries(),
                inTransaction ? locks() : List.of());
    }

    private List<String> locks() {
        List<String> locks = context.transactionLog().locks();
        return locks.isEmpty()
                ? List.of("it holds no locks on tables that it wrote to")
                : locks.stream().map(lock -> "others wait for " + lock).toList();
    }

    private Instant now() {
        return context.services().clock().instant();
    }
}
