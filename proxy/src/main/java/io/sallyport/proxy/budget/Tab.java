package io.sallyport.proxy.budget;

import io.sallyport.policies.rule.BudgetNeeds;
import io.sallyport.policies.rule.BudgetSource;
import io.sallyport.policies.rule.Subject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one session has done in the transaction that is open, and what it was let through to do and the server has not answered. Both count for its
 * accounts at once, or many sessions could each stay within a budget together; they are taken off again where the server takes them back.
 */
public final class Tab {
    /** Different tables in one transaction; beyond, what more it does is unknown. */
    private static final int MOST = 1_000;

    private final BudgetBook book;
    private final Map<Entry, Long> done = new HashMap<>();
    /** What no tag counts, and no question before COMMIT: it stays where measured numbers take the place of the others. */
    private final Map<Entry, Long> untold = new HashMap<>();

    private final Map<Entry, Long> meant = new HashMap<>();
    private final Set<AccountSums> joined = new HashSet<>();
    private boolean overflow;

    Tab(BudgetBook book) {
        this.book = book;
    }

    public synchronized boolean isEmpty() {
        return done.isEmpty() && untold.isEmpty() && meant.isEmpty() && !overflow;
    }

    /** It was sent, and may do this. */
    public void means(Entry entry, long rows, BudgetNeeds needs, Subject subject) {
        note(meant, entry, rows, needs, subject);
    }

    /** The server says that it did this. */
    public void did(Entry entry, long rows, BudgetNeeds needs, Subject subject) {
        note(done, entry, rows, needs, subject);
    }

    /** It did this, by an estimate: the server tells no number of it. */
    public void emptied(Entry entry, long rows, BudgetNeeds needs, Subject subject) {
        note(untold, entry, rows, needs, subject);
    }

    private void note(Map<Entry, Long> notes, Entry entry, long rows, BudgetNeeds needs, Subject subject) {
        if (rows == 0 || !needs.actions().contains(entry.action())) {
            return;
        }
        synchronized (this) {
            if (notes.size() < MOST || notes.containsKey(entry)) {
                notes.merge(entry, rows, RowMath::plus);
            } else {
                overflow = true;
            }
        }
        // Outside of the lock: who sums takes the account's first, and then this one.
        for (BudgetNeeds.Span span : needs.spans()) {
            AccountSums sums = book.join(Account.of(span.per(), subject), this);
            if (sums != null) {
                joined.add(sums);
            }
        }
    }

    /** Everything that was sent is answered. */
    public void answered() {
        synchronized (this) {
            meant.clear();
        }
        leaveIfEmpty();
    }

    /**
     * The server has counted itself what the transaction did to these tables: that takes the place of what tags said of them. What tags said of others stands: of a
     * partition the server counts its topmost table, and of a view the table behind it.
     */
    public void measured(Predicate<Entry> counted) {
        synchronized (this) {
            done.keySet().removeIf(counted);
        }
        leaveIfEmpty();
    }

    /** The server took it back. */
    public void rolledBack() {
        synchronized (this) {
            done.clear();
            untold.clear();
            overflow = false;
        }
        leaveIfEmpty();
    }

    /** It is there to stay. */
    public void committed(BudgetNeeds needs, Subject subject) {
        Map<Entry, Long> rows;
        boolean lost;
        synchronized (this) {
            rows = new HashMap<>(done);
            untold.forEach((entry, more) -> rows.merge(entry, more, RowMath::plus));
            lost = overflow;
        }
        // First there, then away from here: in between it counts twice, and never not at all.
        book.add(rows, lost, needs, subject);
        rolledBack();
    }

    /** The session ended, and nobody heard what became of what it had sent: it counts. */
    public void lost(BudgetNeeds needs, Subject subject) {
        synchronized (this) {
            meant.forEach((entry, more) -> done.merge(entry, more, RowMath::plus));
            meant.clear();
        }
        committed(needs, subject);
    }

    private void leaveIfEmpty() {
        if (isEmpty()) {
            joined.forEach(sums -> sums.leave(this));
            joined.clear();
        }
    }

    synchronized long sum(Predicate<Entry> counts) {
        if (overflow) {
            return BudgetSource.UNKNOWN;
        }
        long total = 0;
        for (Map<Entry, Long> notes : List.of(done, untold)) {
            for (Map.Entry<Entry, Long> note : notes.entrySet()) {
                total = counts.test(note.getKey()) ? RowMath.plus(total, note.getValue()) : total;
            }
        }
        for (Map.Entry<Entry, Long> note : meant.entrySet()) {
            // What nobody was asked about was let through by a rule that did not care: it counts once its tag has come.
            boolean known = note.getValue() != BudgetSource.UNKNOWN;
            total = known && counts.test(note.getKey()) ? RowMath.plus(total, note.getValue()) : total;
        }
        return total;
    }
}
