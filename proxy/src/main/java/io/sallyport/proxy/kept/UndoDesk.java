package io.sallyport.proxy.kept;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.approval.Identity;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.audit.SafetyEvent;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldListener;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.safety.KeptNet;
import io.sallyport.proxy.safety.KeptRows;
import io.sallyport.proxy.safety.KeptTable;
import io.sallyport.proxy.safety.NetStore;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a second person whether kept rows are brought back, by a hold of its own, and has that done. Safe for use by many threads; what asks blocks. */
public final class UndoDesk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UndoDesk.class);
    private static final String RULE = "undo";

    /** Those that wait here, by the code of what is undone. */
    private final Map<HoldCode, Hold> waiting = new ConcurrentHashMap<>();

    private final Holds holds;
    private final NetStore nets;
    private final Undoing undoing;
    private final AuditLog audit;
    private final ScheduledExecutorService workers;
    private final Clock clock;

    public UndoDesk(
            Holds holds,
            NetStore nets,
            Undoing undoing,
            AuditLog audit,
            ScheduledExecutorService workers,
            Clock clock) {
        this.holds = holds;
        this.nets = nets;
        this.undoing = undoing;
        this.audit = audit;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Whoever asks.
     *
     * @param session the way by which they do, as the audit names it
     * @param reason empty where they gave none
     */
    public record Wish(HoldCode of, Identity who, String session, String client, String reason) {}

    /**
     * Opens a hold for it.
     *
     * @throws UndoRefused where there is nothing to undo, or it is asked for already
     */
    public Hold ask(Wish wish) throws UndoRefused, StoreUnavailable {
        String role = wish.who().role();
        if (role == null) {
            throw new UndoRefused(
                    SqlState.INSUFFICIENT_PRIVILEGE,
                    "an undo is asked for by a login role, with its password or token");
        }
        KeptRows rows = undoable(wish.of());
        // Not fewer people than its own: a token's use leaves no hold that tells who they were.
        ApprovalTerms terms = holds.read(wish.of())
                .map(hold -> hold.request().terms().approval())
                .orElseThrow(
                        () -> new UndoRefused(
                                SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                                "who has to agree to its undo is not known here: it ran by a token, or is longer ago than control.keep"));
        if (terms.reasonRequired() && wish.reason().isEmpty()) {
            throw new UndoRefused(SqlState.INVALID_PARAMETER_VALUE, "its rule wants a reason; give one");
        }
        HoldRequest request = request(wish, role, rows, terms);
        synchronized (this) {
            if (waiting.containsKey(wish.of())) {
                throw new UndoRefused(
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "its undo waits already: " + waiting.get(wish.of()).code());
            }
            Hold hold = open(wish, request, rows);
            waiting.put(wish.of(), hold);
            return hold;
        }
    }

    private Hold open(Wish wish, HoldRequest request, KeptRows rows) throws UndoRefused {
        Hold hold;
        try {
            hold = holds.open(request, null, new Ended(wish.of(), rows));
        } catch (IllegalStateException tooMany) {
            throw new UndoRefused(SqlState.PROGRAM_LIMIT_EXCEEDED, String.valueOf(tooMany.getMessage()));
        }
        if (!recorded(wish.of(), hold, "asked", rows.rows(), "")) {
            holds.resolve(hold, new Resolution.Withdrawn("could not be recorded in the audit"));
            throw new UndoRefused(SqlState.INTERNAL_ERROR, "it could not be recorded in the audit");
        }
        Duration left = Duration.between(clock.instant(), hold.expiresAt());
        var unused = workers.schedule(
                () -> holds.resolve(hold, new Resolution.Expired()), left.toMillis(), TimeUnit.MILLISECONDS);
        return hold;
    }

    private static HoldRequest request(Wish wish, String role, KeptRows rows, ApprovalTerms terms) {
        List<String> summaries = new ArrayList<>();
        for (KeptTable table : rows.tables()) {
            summaries.add("brings back " + table.rows() + " rows of " + table.told() + ", kept before the "
                    + rows.verb() + " of " + wish.of());
        }
        rows.beside().forEach(line -> summaries.add("not taken back: " + line));
        return new HoldRequest(
                wish.session(),
                role,
                rows.database(),
                "sallyport undo",
                wish.client(),
                "",
                RULE,
                "",
                String.join("\n", RestoreSql.told(rows)),
                List.of(),
                summaries,
                List.of(),
                wish.who().certificate(),
                wish.reason(),
                new HoldTerms(
                        // Nobody releases it alone: an undo is no emergency that the rows could not outlast.
                        new ApprovalTerms(terms.requirements(), terms.reasonRequired(), false, List.of()),
                        List.of(),
                        List.of(),
                        List.of("refused where anything has changed since; compared row for row before COMMIT")));
    }

    /** The latest rows of that code that can be brought back. */
    private KeptRows undoable(HoldCode code) throws UndoRefused, StoreUnavailable {
        KeptRows last = null;
        for (KeptNet net : nets.of(code)) {
            if (net instanceof KeptRows rows && (last == null || rows.state() == KeptRows.State.KEPT)) {
                last = rows;
            }
        }
        if (last == null) {
            throw new UndoRefused(SqlState.UNDEFINED_OBJECT, "no rows were kept for " + code);
        }
        if (last.state() != KeptRows.State.KEPT) {
            throw new UndoRefused(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, last.told());
        }
        if (last.rows() == 0) {
            throw new UndoRefused(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "it touched no rows");
        }
        return last;
    }

    /**
     * Takes the wish back, while it waits here.
     *
     * @return whether this ended it
     */
    public boolean withdraw(HoldCode of, Identity who) {
        Hold hold = waiting.get(of);
        return hold != null
                && Objects.equals(hold.request().requester(), who.role())
                && holds.resolve(hold, new Resolution.Withdrawn("canceled by the requester"));
    }

    /** The hold that waits here for that; none where nobody asked, or at another replica. */
    public Optional<Hold> waiting(HoldCode of) {
        return Optional.ofNullable(waiting.get(of));
    }

    private final class Ended implements HoldListener {
        private final HoldCode of;
        private final KeptRows rows;

        private Ended(HoldCode of, KeptRows rows) {
            this.of = of;
            this.rows = rows;
        }

        @Override
        public void resolved(Hold hold, Resolution resolution) {
            if (resolution.releases()) {
                // What was approved runs once that is on record.
                audit.onRecord(() -> start(of, hold, rows));
            } else {
                synchronized (UndoDesk.this) {
                    waiting.remove(of);
                }
            }
        }
    }

    private void start(HoldCode of, Hold hold, KeptRows rows) {
        try {
            workers.execute(() -> run(of, hold, rows));
        } catch (RejectedExecutionException full) {
            finished(
                    of,
                    hold,
                    rows,
                    new Undoing.Done("failed", "too much is being done at once", SqlState.INTERNAL_ERROR));
        }
    }

    private void run(HoldCode of, Hold hold, KeptRows rows) {
        Undoing.Done done;
        try {
            done = undoing.run(of, hold.code(), rows);
        } catch (RuntimeException fault) {
            log.error("rows of {} could not be brought back", of, fault);
            done = new Undoing.Done("failed", fault.getClass().getSimpleName(), SqlState.INTERNAL_ERROR);
        }
        finished(of, hold, rows, done);
    }

    private void finished(HoldCode of, Hold hold, KeptRows rows, Undoing.Done done) {
        log.info("undo {} of {}: {} {}", hold.code(), of, done.outcome(), done.why());
        boolean unused = recorded(of, hold, done.outcome(), rows.rows(), done.why());
        boolean undone = done.outcome().equals("undone");
        String verb = rows.verb().equals("UPDATE") ? "UPDATE " : "INSERT ";
        holds.finished(
                hold, new Outcome(undone ? List.of(verb + rows.rows()) : List.of(), undone ? null : done.sqlState()));
        synchronized (this) {
            waiting.remove(of);
        }
    }

    private boolean recorded(HoldCode of, Hold hold, String outcome, long rows, String why) {
        return audit.append(new SafetyEvent.Undo(
                clock.instant(), of.value(), hold.code().value(), hold.request().requester(), outcome, rows, why));
    }

    @Override
    public void close() {
        waiting.values().forEach(hold -> holds.resolve(hold, new Resolution.Shutdown()));
    }
}
