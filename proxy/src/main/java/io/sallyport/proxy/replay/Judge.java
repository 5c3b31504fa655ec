package io.sallyport.proxy.replay;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import org.jspecify.annotations.Nullable;

/** Decides on strings as the proxy does: the strictest verdict on any of their statements. */
final class Judge {
    private final Policy policy;

    Judge(Policy policy) {
        this.policy = policy;
    }

    /** A string without a statement passes; a fault is a refusal, as in the proxy. */
    Verdict decide(Iterable<StatementFacts> statements, Circumstances circumstances) {
        @Nullable Verdict worst = null;
        try {
            for (StatementFacts statement : statements) {
                Verdict verdict = policy.decide(statement, circumstances);
                worst = worst == null ? verdict : worst.strictest(verdict);
            }
        } catch (RuntimeException | StackOverflowError fault) {
            return new Verdict(Decision.DENY, "fault: " + fault.getClass().getSimpleName(), Terms.NONE);
        }
        return worst == null ? new Verdict(Decision.ALLOW, "empty", Terms.NONE) : worst;
    }
}
