package io.sallyport.proxy.gate;

import io.sallyport.policies.Policy;
import io.sallyport.policies.rule.BudgetNeeds;
import io.sallyport.policies.rule.Subject;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.budget.BudgetBook;
import java.time.Clock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What rules on sums of rows are asked by, and what has to be counted for them. */
public final class Budgets {
    private static final Logger log = LoggerFactory.getLogger(Budgets.class);

    private final Supplier<Policy> policy;
    private final BudgetBook book;
    private volatile BudgetNeeds last = BudgetNeeds.NONE;

    Budgets(Supplier<Policy> policy, Clock clock, GateListener listener) {
        this.policy = policy;
        this.book = new BudgetBook(clock, listener::budgetLost);
        listener.budgetsKept(book::size);
    }

    /** What the policy in force asks for; what the last one did, where none can be had: its statements are refused. */
    public BudgetNeeds needs() {
        try {
            BudgetNeeds now = policy.get().budgets();
            last = now;
            return now;
        } catch (RuntimeException fault) {
            log.debug("the policy cannot be asked", fault);
            return last;
        }
    }

    /** The sums of all sessions. */
    public BudgetBook book() {
        return book;
    }

    BatchBudgets of(Batch batch, BatchReading reading, Subject subject, Impacts impacts) {
        return new BatchBudgets(book, batch, reading, subject, impacts);
    }
}
