package io.sallyport.proxy.gate;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Subject;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.token.TokenProof;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the ruling on a batch: the strictest decision over everything in it that may run. */
public final class Gatekeeper {
    private static final Logger log = LoggerFactory.getLogger(Gatekeeper.class);

    /** What a failed transaction still obeys (tcop/postgres.c, IsTransactionExitStmt). */
    private static final Set<StatementKind> LEAVES_TRANSACTION = Set.of(
            StatementKind.COMMIT,
            StatementKind.ROLLBACK,
            StatementKind.ROLLBACK_TO,
            StatementKind.PREPARE_TRANSACTION,
            StatementKind.UNREADABLE);

    private final Supplier<Policy> policy;
    private final GateListener listener;
    private final Clock clock;
    private final boolean impactOfHolds;
    private final EffectsJudge effects;
    private final Budgets budgets;

    /** @param impactOfHolds whether an approver is to know how many rows are meant, whatever rule holds them */
    public Gatekeeper(Supplier<Policy> policy, GateListener listener, Clock clock, boolean impactOfHolds) {
        this.impactOfHolds = impactOfHolds;
        this.effects = new EffectsJudge(policy, clock);
        this.budgets = new Budgets(policy, clock, listener);
        this.clock = clock;
        this.policy = policy;
        this.listener = listener;
    }

    /**
     * @param failedTransaction whether the server is known, with nothing in flight, to be in a failed transaction
     * @return never an allow when anything on the way goes wrong
     */
    public Ruling judge(Batch batch, BatchReading reading, Subject subject, boolean failedTransaction) {
        try {
            return rule(batch, reading, subject, failedTransaction);
        } catch (RuntimeException | StackOverflowError fault) {
            log.error("judging failed; the batch is refused", fault);
            return new Ruling.Deny(new Permit(batch, 0), 0, Denial.fault(fault));
        }
    }

    /** @return why a session with these start-up settings may not begin, or null; a refusal when anything goes wrong */
    public @Nullable Denial startup(List<StatementFacts> settings, Subject subject) {
        try {
            Circumstances circumstances = new Circumstances(subject, clock.instant(), settings.size());
            return new StartupGate(policy.get(), listener, circumstances).refusal(settings);
        } catch (RuntimeException | StackOverflowError fault) {
            log.error("judging a start-up packet failed; the session is refused", fault);
            return Denial.fault(fault);
        }
    }

    /**
     * Judges the wish for a replication session.
     *
     * @return why it may not begin, or null
     */
    public @Nullable Denial replication(StatementFacts asked, Subject subject) {
        try {
            Circumstances circumstances = new Circumstances(subject, clock.instant(), 1);
            return new StartupGate(policy.get(), listener, circumstances).replicationRefusal(asked);
        } catch (RuntimeException | StackOverflowError fault) {
            log.error("judging a replication session failed; it is refused", fault);
            return Denial.fault(fault);
        }
    }

    /** The permit for a batch whose hold ended; only an approval yields one. */
    Permit release(Batch batch, Resolution resolution) {
        if (!resolution.releases()) {
            throw new IllegalStateException("no approval: " + resolution);
        }
        return new Permit(batch, batch.size());
    }

    /** The same, where it still is what was ruled on. */
    public Permit release(Batch batch, BatchReading reading, Ruling.Hold ruling, Resolution resolution) {
        if (!BatchPrint.of(batch, reading).equals(ruling.print())) {
            throw new IllegalStateException("the held batch is not the one that was approved");
        }
        return release(batch, resolution);
    }

    /** The permit for a held batch to be run and rolled back, before anybody is asked. */
    public Permit rehearsal(Batch batch, BatchReading reading, Ruling.Hold ruling) {
        if (!BatchPrint.of(batch, reading).equals(ruling.print())) {
            throw new IllegalStateException("the batch is not the one that was ruled on");
        }
        return new Permit(batch, batch.size());
    }

    /** The permit for a batch that a token covers, where it still is what was ruled on; the proof is used up. Of a limit on rows: not to its Sync. */
    public Permit byToken(Batch batch, BatchReading reading, Ruling.Grantable ruling, TokenProof proof) {
        List<String> covered = ruling.coverage().statements().stream()
                .map(Coverage.Covered::print)
                .toList();
        if (!BatchPrint.of(batch, reading).equals(ruling.print()) || !proof.redeem(covered)) {
            throw new IllegalStateException("the batch is not the one that the token covers");
        }
        boolean open = proof.taken().rows() != null && batch.last().tag() == FrontendTag.SYNC.code();
        return new Permit(batch, open ? batch.size() - 1 : batch.size());
    }

    /** The permit for a batch whose delay is over. */
    public Permit afterDelay(Batch batch, Ruling.Delay waited) {
        log.debug("delay by rule \"{}\" is over", waited.verdict().rule());
        return new Permit(batch, batch.size());
    }

    /** The permit for a batch that was repeated after its names were typed; the proof is used up. */
    public Permit confirmed(Batch batch, Confirmations.Taken proof) {
        log.debug("names typed for rule \"{}\"", proof.ruling().verdict().rule());
        return new Permit(batch, batch.size());
    }

    /** The refusal of a batch until its names are typed. */
    public Ruling.Deny unconfirmed(Batch batch, Ruling.Confirm ruling, String goodFor) {
        return refuse(batch, ruling.index(), Refusals.unconfirmed(ruling, goodFor));
    }

    /** Judges what was done, not what is said. */
    public EffectsJudge effects() {
        return effects;
    }

    /** Sums of rows. */
    public Budgets budgets() {
        return budgets;
    }

    /** Whether a session should ask the server for its user's roles; a policy that cannot be had refuses later. */
    public boolean asksRoles() {
        try {
            return policy.get().asksRoles();
        } catch (RuntimeException fault) {
            log.error("the policy cannot be asked", fault);
            return false;
        }
    }

    /** Whether statements are only observed; false where the policy cannot be had. */
    public boolean observes() {
        try {
            return policy.get().observes();
        } catch (RuntimeException fault) {
            log.error("the policy cannot be asked", fault);
            return false;
        }
    }

    /** A ruling that did not come from policy: the hold ended otherwise, or the proxy itself answers with an error. */
    public Ruling.Deny refuse(Batch batch, int index, Denial denial) {
        return new Ruling.Deny(new Permit(batch, index), index, denial);
    }

    private Ruling rule(Batch batch, BatchReading reading, Subject subject, boolean failedTransaction) {
        // Even where a stop is certain: what stands before it would go, and a full reading may find worse.
        List<SqlText> incomplete = reading.incomplete();
        if (!incomplete.isEmpty()) {
            return new Ruling.Incomplete(incomplete);
        }
        Policy current = policy.get();
        if (current.asksRoles() && subject.roles() == null) {
            return onlyRollsBack(reading)
                    ? new Ruling.Allow(new Permit(batch, batch.size()), null)
                    : rolesUnknown(current, batch, reading);
        }
        Impacts impacts = new Impacts(batch);
        BatchBudgets sums = budgets.of(batch, reading, subject, impacts);
        Circumstances circumstances =
                new Circumstances(subject, clock.instant(), reading.statementCount(), impacts, sums);
        Weighing weighed = new Weighing(current, circumstances, batch.size());
        try {
            weighed.weigh(reading);
        } catch (Impacts.NotAsked unknown) {
            return new Ruling.ImpactUnknown(true);
        }
        boolean observed = current.observes();
        if (impactOfHolds && batch.impacts() == null && !observed && !failedTransaction && weighed.holds()) {
            return new Ruling.ImpactUnknown(false);
        }
        weighed.each((statement, verdict) -> listener.judged(statement, verdict, subject, observed));
        Judgeable problem = weighed.problem();
        if (problem != null) {
            Judgeable.Problem why = Objects.requireNonNull(problem.problem());
            if (failedTransaction && unknownToSql(batch, problem, why)) {
                return refuse(batch, weighed.firstStop(), Denial.inFailedTransaction());
            }
            return refuse(
                    batch,
                    weighed.firstStop(),
                    new Denial(why.sqlState(), why.message(), null, why.hint(), "protocol"));
        }
        Verdict worst = weighed.worst();
        if (worst == null) {
            return new Ruling.Allow(new Permit(batch, batch.size()), null);
        }
        HeldWork work = HeldWork.of(batch, reading, weighed.stopped()).withSums(sums.lines());
        if (observed) {
            return new Ruling.Allow(new Permit(batch, batch.size()), new Ruling.Observed(worst, work));
        }
        if (failedTransaction && weighed.statements().stream().noneMatch(s -> LEAVES_TRANSACTION.contains(s.kind()))) {
            return refuse(batch, weighed.firstStop(), Denial.inFailedTransaction());
        }
        int at = weighed.firstStop();
        if (!reading.resumed().isEmpty() && worst.decision() != Decision.DENY) {
            // What the rest of it does is in no text that anybody would read.
            return refuse(batch, at, Refusals.withEarlierPortal(worst));
        }
        return switch (worst.decision()) {
            case ALLOW -> throw new IllegalStateException("an allow is not a stop");
            case DELAY -> new Ruling.Delay(at, worst, work);
            case CONFIRM ->
                new Ruling.Confirm(at, worst, work, NameToType.of(weighed.toConfirm()), BatchPrint.of(batch, reading));
            case HOLD ->
                new Ruling.Hold(
                        at,
                        worst,
                        work,
                        NameToType.byApprover(
                                weighed.stopped(), worst.terms().approval().nameTyped()),
                        BatchPrint.of(batch, reading),
                        Coverage.of(batch, reading, weighed));
            case DENY -> denied(batch, reading, weighed, worst, work);
        };
    }

    private Ruling denied(Batch batch, BatchReading reading, Weighing weighed, Verdict worst, HeldWork work) {
        Denial denial = Refusals.denied(worst, work, weighed.worstAt());
        if (!worst.takesToken()) {
            return refuse(batch, weighed.firstStop(), denial);
        }
        Coverage coverage = Coverage.of(batch, reading, weighed);
        return new Ruling.DenyButForToken(
                weighed.firstStop(),
                worst,
                work,
                NameToType.byApprover(weighed.stopped(), coverage.terms().nameTyped()),
                BatchPrint.of(batch, reading),
                coverage,
                denial);
    }

    /** Nothing to judge, or the way out of a transaction in which the server cannot be asked. */
    private static boolean onlyRollsBack(BatchReading reading) {
        return reading.points().stream()
                .allMatch(point -> point.problem() == null
                        && point.texts().stream()
                                .flatMap(text -> text.statements().stream())
                                .allMatch(statement -> statement.kind() == StatementKind.ROLLBACK));
    }

    private static Ruling rolesUnknown(Policy policy, Batch batch, BatchReading reading) {
        if (policy.observes()) {
            Verdict unknown = new Verdict(Decision.DENY, "roles unknown", Terms.NONE);
            HeldWork work = HeldWork.of(batch, reading, List.of());
            return new Ruling.RolesUnknown(
                    new Ruling.Allow(new Permit(batch, batch.size()), new Ruling.Observed(unknown, work)));
        }
        int first =
                reading.points().stream().mapToInt(Judgeable::refuseAt).min().orElse(0);
        return new Ruling.RolesUnknown(new Ruling.Deny(new Permit(batch, first), first, Refusals.rolesUnknown()));
    }

    /** In a failed transaction the server looks at the transaction before the name (postgres.c, exec_simple_query). */
    private static boolean unknownToSql(Batch batch, Judgeable point, Judgeable.Problem why) {
        return batch.frame(point.index()).tag() == FrontendTag.QUERY.code()
                && why.sqlState().equals(SqlState.INVALID_SQL_STATEMENT_NAME);
    }
}
