package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.document.Position;

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

    /** Decision, conditions and terms in one sentence. */
    public String described() {
        return verdict.described() + " when " + when.described();
    }
}
