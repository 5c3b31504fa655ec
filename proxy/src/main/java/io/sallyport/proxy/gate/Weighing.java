package io.sallyport.proxy.gate;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The verdicts on everything in a batch that may run, the strictest of them, and where a refusal has to start. */
final class Weighing {
    /** @param point where in the batch it runs */
    record Judged(Judgeable point, SqlText text, StatementFacts statement, Verdict verdict) {}

    private final Policy policy;
    private final Circumstances circumstances;
    private final List<Judged> judged = new ArrayList<>();
    private @Nullable Judgeable problem;
    private @Nullable Verdict worst;
    private int worstAt;
    private int firstStop;

    /** @param messages how many the batch has */
    Weighing(Policy policy, Circumstances circumstances, int messages) {
        this.policy = policy;
        this.circumstances = circumstances;
        this.worstAt = messages;
        this.firstStop = messages;
    }

    Weighing weigh(BatchReading reading) {
        for (Judgeable point : reading.points()) {
            if (point.problem() != null) {
                problem = problem == null ? point : problem;
                firstStop = Math.min(firstStop, point.refuseAt());
                continue;
            }
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    weigh(point, text, statement);
                }
            }
        }
        return this;
    }

    private void weigh(Judgeable point, SqlText text, StatementFacts statement) {
        Verdict verdict = policy.decide(statement, circumstances);
        judged.add(new Judged(point, text, statement, verdict));
        if (verdict.decision() != Decision.ALLOW) {
            firstStop = Math.min(firstStop, point.refuseAt());
            Verdict stricter = worst == null ? verdict : worst.strictest(verdict);
            worstAt = stricter.equals(worst) ? worstAt : point.index();
            worst = stricter;
        }
    }

    /** The first place that is refused whatever policy says, or null. */
    @Nullable
    Judgeable problem() {
        return problem;
    }

    /** Null where everything is allowed. */
    @Nullable
    Verdict worst() {
        return worst;
    }

    /** Whether nothing but a second person stands against it. */
    boolean holds() {
        return problem == null && worst != null && worst.decision() == Decision.HOLD;
    }

    int worstAt() {
        return worstAt;
    }

    /** The message to replace where the batch is refused. */
    int firstStop() {
        return firstStop;
    }

    void each(BiConsumer<StatementFacts, Verdict> told) {
        judged.forEach(one -> told.accept(one.statement, one.verdict));
    }

    List<StatementFacts> statements() {
        return judged.stream().map(Judged::statement).toList();
    }

    List<StatementFacts> stopped() {
        return judged.stream()
                .filter(one -> one.verdict.decision() != Decision.ALLOW)
                .map(Judged::statement)
                .toList();
    }

    /** What somebody else than the clock has to agree to. */
    List<Judged> toCover() {
        return judged.stream().filter(Weighing::isToCover).toList();
    }

    static boolean isToCover(Judged one) {
        return one.verdict.decision().compareTo(Decision.DELAY) > 0;
    }

    /** Everything, in the order in which it runs. */
    List<Judged> judged() {
        return judged;
    }

    /** What all rules ask together of those who grant a token. */
    ApprovalTerms tokenTerms() {
        return judged.stream()
                .map(Judged::verdict)
                .filter(Verdict::takesToken)
                .map(verdict -> verdict.terms().approval())
                .reduce(ApprovalTerms::and)
                .orElse(ApprovalTerms.NONE);
    }

    /** What all of them ask to be done before what was agreed to runs. */
    SafetyTerms safety() {
        return judged.stream()
                .map(Judged::verdict)
                .filter(Verdict::takesToken)
                .map(verdict -> verdict.terms().safety())
                .reduce(SafetyTerms::and)
                .orElse(SafetyTerms.NONE);
    }

    List<StatementFacts> toConfirm() {
        return judged.stream()
                .filter(one -> one.verdict.decision() == Decision.CONFIRM)
                .map(Judged::statement)
                .toList();
    }
}
