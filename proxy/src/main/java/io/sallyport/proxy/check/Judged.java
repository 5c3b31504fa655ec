package io.sallyport.proxy.check;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Verdict;
import java.util.List;

/**
 * A statement with its verdict.
 *
 * @param nested the writes inside, each with the verdict on it alone
 */
record Judged(StatementFacts facts, Verdict verdict, List<Judged> nested) {
    Judged {
        nested = List.copyOf(nested);
    }

    boolean isAllowed() {
        return verdict.decision() == Decision.ALLOW;
    }

    /** The innermost part that the verdict came from: this statement, or a write inside it. */
    Judged cause() {
        for (Judged inner : nested) {
            if (inner.verdict.equals(verdict)) {
                return inner.cause();
            }
        }
        return this;
    }
}
