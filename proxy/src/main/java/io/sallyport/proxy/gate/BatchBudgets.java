package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.rule.Budget;
import io.sallyport.policies.rule.BudgetSource;
import io.sallyport.policies.rule.RowAction;
import io.sallyport.policies.rule.Subject;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.budget.Account;
import io.sallyport.proxy.budget.BudgetBook;
import io.sallyport.proxy.budget.RowMath;
import io.sallyport.proxy.impact.BudgetText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sums of rows as one batch would leave them: what was done before, and all of the batch, for it goes or stays as a whole. */
final class BatchBudgets implements BudgetSource {
    /** What an approver reads of them. */
    private static final int MOST_LINES = 10;

    private final BudgetBook book;
    private final Batch batch;
    private final BatchReading reading;
    private final Subject subject;
    private final Impacts impacts;
    private final Set<String> lines = new LinkedHashSet<>();

    BatchBudgets(BudgetBook book, Batch batch, BatchReading reading, Subject subject, Impacts impacts) {
        this.book = book;
        this.batch = batch;
        this.reading = reading;
        this.subject = subject;
        this.impacts = impacts;
    }

    @Override
    public long rows(Budget budget, StatementFacts statement) {
        if (batch.impacts() == null) {
            throw new Impacts.NotAsked();
        }
        List<TableName> targets = RowAction.targets(statement);
        long most = 0;
        for (RowAction action : RowAction.of(statement)) {
            long done = book.sum(
                    Account.of(budget.per(), subject),
                    budget.within(),
                    entry -> entry.action() == action && budget.counts(entry.table(), targets));
            long all = RowMath.plus(done, meant(budget, action, targets));
            if (lines.size() < MOST_LINES) {
                lines.add(BudgetText.of(budget, action, targets, subject, done, all));
            }
            most = Math.max(most, all);
        }
        return most;
    }

    /** What the batch would do to the rows that count, by the server's estimate. */
    private long meant(Budget budget, RowAction action, List<TableName> targets) {
        long sum = 0;
        for (Judgeable point : reading.points()) {
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    if (does(statement, budget, action, targets)) {
                        Long rows = impacts.of(statement).rows();
                        sum = RowMath.plus(sum, rows == null ? UNKNOWN : rows);
                    }
                }
            }
        }
        return sum;
    }

    /** By itself, or by a write inside it: the estimate is of both together. */
    private static boolean does(StatementFacts statement, Budget budget, RowAction action, List<TableName> targets) {
        return (RowAction.of(statement).contains(action)
                        && RowAction.targets(statement).stream().anyMatch(table -> budget.counts(table, targets)))
                || statement.nested().stream().anyMatch(nested -> does(nested, budget, action, targets));
    }

    /** What was asked and answered, in words. */
    List<String> lines() {
        return List.copyOf(lines);
    }
}
