package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.document.Position;
import org.jspecify.annotations.Nullable;

/**
 * What is decided where a condition holds.
 *
 * @param when all of the rule's conditions
 * @param verdict names the rule
 * @param position where it is written
 */
public record Rule(Combination.All when, Verdict verdict, Position position) {
    public boolean matches(StatementFacts statement, Circumstances circumstances) {
        return when.holds(statement, circumstances);
    }

    /** The first condition that does not hold, in words; null when all do. What the kind alone answers is asked first, as where rules are sorted by kind. */
    public @Nullable String failed(StatementFacts statement, Circumstances circumstances) {
        for (Condition condition : when.conditions()) {
            if (!condition.kinds().contains(statement.kind())) {
                return condition.described();
            }
        }
        for (Condition condition : when.conditions()) {
            if (!condition.kindsAlone() && !condition.holds(statement, circumstances)) {
                return condition.described();
            }
        }
        return null;
    }

    /** Decision, conditions and terms in one sentence. */
    public String described() {
        return verdict.described() + " when " + when.described();
    }
}
