package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Subject;
import io.sallyport.proxy.budget.Account;
import java.util.function.IntSupplier;

/** Told of every verdict: metrics count it, the audit records it. */
public interface GateListener {
    /** @param observed whether the policy only observes, so that nothing is stopped */
    void judged(StatementFacts statement, Verdict verdict, Subject subject, boolean observed);

    /** The count is of sums of rows that are kept for budgets. */
    default void budgetsKept(IntSupplier count) {}

    /** There was no room for its sums: nothing is known of them for a while. */
    default void budgetLost(Account account) {}
}
