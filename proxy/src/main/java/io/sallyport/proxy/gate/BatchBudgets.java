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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums of rows as one batch would leave them: what was done before, and all of the batch, for it goes or stays as a whole. */
final class BatchBudgets implements BudgetSource {
    /** What an approver reads of them. */
    private static final int MOST_LINES = 10;

    /** Each write is compared with all others, on an event loop. Nobody is asked about more statements anyway. */
    private static final int MOST_WRITES = 400;

    /**
     * @param place which statement of the batch; one that is bound several times has several
     * @param top that statement; its estimate is of all its writes together
     */
    private record Write(int place, StatementFacts top, TableName table, RowAction action) {}

    private final BudgetBook book;
    private final Batch batch;
    private final BatchReading reading;
    private final Subject subject;
    private final Impacts impacts;
    private final Set<String> lines = new LinkedHashSet<>();
    private @Nullable List<Write> writes;

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
        List<Write> all = writes == null ? read() : writes;
        if (all.size() > MOST_WRITES) {
            lines.add("it has too many writes to be added up");
            return UNKNOWN;
        }
        List<TableName> targets = RowAction.targets(statement);
        long most = 0;
        for (RowAction action : RowAction.of(statement)) {
            long done = book.sum(
                    Account.of(budget.per(), subject),
                    budget.within(),
                    entry -> entry.action() == action && budget.counts(entry.table(), targets));
            long with = RowMath.plus(done, meant(all, budget, action, targets));
            if (lines.size() < MOST_LINES) {
                lines.add(BudgetText.of(budget, action, targets, subject, done, with));
            }
            most = Math.max(most, with);
        }
        return most;
    }

    /** What the batch would do to the rows that count, by the server's estimate. */
    private long meant(List<Write> all, Budget budget, RowAction action, List<TableName> targets) {
        long sum = 0;
        int counted = -1;
        for (Write write : all) {
            if (write.place != counted && write.action == action && budget.counts(write.table, targets)) {
                Long rows = impacts.of(write.top).rows();
                sum = RowMath.plus(sum, rows == null ? UNKNOWN : rows);
                counted = write.place;
            }
        }
        return sum;
    }

    /** Once for the whole batch; cut where there are too many. */
    private List<Write> read() {
        List<Write> found = new ArrayList<>();
        int place = 0;
        for (Judgeable point : reading.points()) {
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    add(place++, statement, statement, found);
                }
            }
        }
        writes = found;
        return found;
    }

    private static void add(int place, StatementFacts top, StatementFacts statement, List<Write> found) {
        if (found.size() > MOST_WRITES) {
            return;
        }
        for (RowAction action : RowAction.of(statement)) {
            RowAction.targets(statement).forEach(table -> found.add(new Write(place, top, table, action)));
        }
        statement.nested().forEach(nested -> add(place, top, nested, found));
    }

    /** What was asked and answered, in words. */
    List<String> lines() {
        return List.copyOf(lines);
    }
}
