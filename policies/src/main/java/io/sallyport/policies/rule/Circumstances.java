package io.sallyport.policies.rule;

import java.time.Instant;

/**
 * All that a rule may ask beside the statement.
 *
 * @param at when the batch came
 * @param statements how many are in the batch
 * @param impacts what they would do to rows
 * @param budgets what was done to rows before
 */
public record Circumstances(Subject subject, Instant at, int statements, ImpactSource impacts, BudgetSource budgets) {
    public Circumstances(Subject subject, Instant at, int statements, ImpactSource impacts) {
        this(subject, at, statements, impacts, BudgetSource.NOBODY);
    }

    /** Without a server to be asked: every impact counts as more than any limit. */
    public Circumstances(Subject subject, Instant at, int statements) {
        this(subject, at, statements, ImpactSource.NOBODY);
    }
}
