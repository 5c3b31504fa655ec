package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;

/** Knows sums of rows over time. */
public interface BudgetSource {
    /** Nobody can tell: more than any limit. */
    long UNKNOWN = Long.MAX_VALUE;

    /** Where nobody has counted. */
    BudgetSource NOBODY = (budget, statement) -> UNKNOWN;

    /**
     * Asked only where a decision hangs on it.
     *
     * @return how many rows were changed within the budget's time in the way of the statement, and will be by its batch; {@link #UNKNOWN} where
     *     nobody can tell
     * @throws RuntimeException where it is to be found out first: there is no decision then
     */
    long rows(Budget budget, StatementFacts statement);
}
