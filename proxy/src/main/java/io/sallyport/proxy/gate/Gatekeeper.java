package io.sallyport.proxy.gate;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.decision.Decision;
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
import java.time.Clock;
import java.util.ArrayList;
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

    public Gatekeeper(Supplier<Policy> policy, GateListener listener, Clock clock) {
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

    /** The permit for a batch whose hold ended; only an approval yields one. */
    public Permit release(Batch batch, Resolution resolution) {
        if (!(resolution instanceof Resolution.Approved)) {
            throw new IllegalStateException("no approval: " + resolution);
        }
        return new Permit(batch, batch.size());
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
        Circumstances circumstances = new Circumstances(subject, clock.instant(), statements(reading));
        Verdict worst = null;
        int worstAt = batch.size();
        int firstStop = batch.size();
        List<StatementFacts> stopped = new ArrayList<>();
        List<Judged> judged = new ArrayList<>();
        Judgeable problem = null;
        for (Judgeable point : reading.points()) {
            if (point.problem() != null) {
                problem = problem == null ? point : problem;
                firstStop = Math.min(firstStop, point.refuseAt());
                continue;
            }
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    Verdict verdict = current.decide(statement, circumstances);
                    judged.add(new Judged(statement, verdict));
                    if (verdict.decision() != Decision.ALLOW) {
                        stopped.add(statement);
                        firstStop = Math.min(firstStop, point.refuseAt());
                        Verdict stricter = worst == null ? verdict : worst.strictest(verdict);
                        worstAt = stricter.equals(worst) ? worstAt : point.index();
                        worst = stricter;
                    }
                }
            }
        }
        judged.forEach(j -> listener.judged(j.statement, j.verdict, subject));
        if (problem != null) {
            Judgeable.Problem why = Objects.requireNonNull(problem.problem());
            if (failedTransaction && unknownToSql(batch, problem, why)) {
                return refuse(batch, firstStop, Denial.inFailedTransaction());
            }
            return refuse(batch, firstStop, new Denial(why.sqlState(), why.message(), null, why.hint(), "protocol"));
        }
        if (worst == null) {
            return new Ruling.Allow(new Permit(batch, batch.size()));
        }
        if (failedTransaction && judged.stream().noneMatch(j -> LEAVES_TRANSACTION.contains(j.statement.kind()))) {
            return refuse(batch, firstStop, Denial.inFailedTransaction());
        }
        HeldWork work = HeldWork.of(textsOf(reading), parameters(batch, reading), stopped);
        return switch (worst.decision()) {
            case ALLOW -> throw new IllegalStateException("an allow is not a stop");
            case DELAY, CONFIRM, HOLD -> new Ruling.Hold(firstStop, worst, work);
            case DENY -> refuse(batch, firstStop, denied(worst, work, worstAt));
        };
    }

    private static int statements(BatchReading reading) {
        int count = 0;
        for (Judgeable point : reading.points()) {
            for (SqlText text : point.texts()) {
                count += text.statements().size();
            }
        }
        return count;
    }

    /** In a failed transaction the server looks at the transaction before the name (postgres.c, exec_simple_query). */
    private static boolean unknownToSql(Batch batch, Judgeable point, Judgeable.Problem why) {
        return batch.frame(point.index()).tag() == FrontendTag.QUERY.code()
                && why.sqlState().equals(SqlState.INVALID_SQL_STATEMENT_NAME);
    }

    private record Judged(StatementFacts statement, Verdict verdict) {}

    private static Denial denied(Verdict verdict, HeldWork work, int index) {
        String what = work.summaries().isEmpty()
                ? "message " + index
                : work.summaries().get(0);
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: rule \"" + verdict.rule() + "\"",
                what,
                hint(verdict.message()),
                verdict.rule());
    }

    private static String hint(@Nullable String message) {
        return message != null ? message : "Nothing was changed. Ask whoever keeps the policy if this must run.";
    }

    private static List<SqlText> textsOf(BatchReading reading) {
        return reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .distinct()
                .toList();
    }

    private static List<String> parameters(Batch batch, BatchReading reading) {
        return reading.points().stream()
                .map(point -> batch.frame(point.index()))
                .filter(frame -> frame.tag() == FrontendTag.BIND.code())
                .map(ParameterText::of)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
