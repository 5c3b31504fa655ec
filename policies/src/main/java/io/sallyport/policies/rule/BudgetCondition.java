package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementFacts;
import java.util.List;

/** How many rows were changed little by little. What nobody can tell is more than any limit. */
public record BudgetCondition(Budget budget) implements Condition {
    @Override
    public boolean holds(StatementFacts statement, Circumstances circumstances) {
        return budget.rows().holds(rows(statement, circumstances));
    }

    /** As for {@link ImpactCondition}: only statements that change rows are asked about. */
    private long rows(StatementFacts statement, Circumstances circumstances) {
        return switch (statement.kind()) {
            case INSERT, UPDATE, DELETE, MERGE, TRUNCATE, COPY_FROM ->
                circumstances.budgets().rows(budget, statement);
            case UNREADABLE -> BudgetSource.UNKNOWN;
            default -> statement.statementClass() == StatementClass.OPAQUE ? BudgetSource.UNKNOWN : 0;
        };
    }

    @Override
    public List<Budget> budgets() {
        return List.of(budget);
    }

    @Override
    public String described() {
        return budget.described();
    }
}
