package io.sallyport.proxy.budget;

import io.sallyport.policies.rule.BudgetSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** All sums of one account. Its lock is held for microseconds, and wanted only by the sessions of that account. */
final class AccountSums {
    /** Tables and actions, for each time: who makes one table after the other shall not use up the others' room. */
    static final int MOST = 2_000;

    private record Key(Entry entry, Duration within) {}

    private final Map<Key, SlidingSum> sums = new HashMap<>();
    private final Set<Tab> open = new HashSet<>();
    private long lostAt = Long.MIN_VALUE;
    private boolean retired;

    /**
     * What a session does in its transaction counts as long as that is open.
     *
     * @return false where this is not the account's any more
     */
    synchronized boolean join(Tab tab) {
        return !retired && (open.contains(tab) || open.add(tab));
    }

    synchronized void leave(Tab tab) {
        open.remove(tab);
    }

    /**
     * @param room whether one sum more may be kept; asked where one is needed, and then taken
     * @return false where there was no room: then nothing is known of this account for a while
     */
    synchronized boolean add(Entry entry, Duration within, long rows, long nowMillis, BooleanSupplier room) {
        Key key = new Key(entry, within);
        SlidingSum sum = sums.get(key);
        if (sum == null && sums.size() < MOST && room.getAsBoolean()) {
            sum = new SlidingSum(within);
            sums.put(key, sum);
        }
        if (sum != null) {
            sum.add(nowMillis, rows);
        }
        return sum != null;
    }

    /**
     * Nobody knows what was done just now.
     *
     * @return when that was so before
     */
    synchronized long lose(long nowMillis) {
        long before = lostAt;
        lostAt = nowMillis;
        return before;
    }

    synchronized boolean isFull() {
        return sums.size() >= MOST;
    }

    synchronized long sum(Duration within, Predicate<Entry> counts, long nowMillis) {
        if (BudgetBook.isRecent(lostAt, nowMillis, within)) {
            return BudgetSource.UNKNOWN;
        }
        long total = 0;
        for (Map.Entry<Key, SlidingSum> each : sums.entrySet()) {
            if (each.getKey().within.equals(within) && counts.test(each.getKey().entry)) {
                total = RowMath.plus(total, each.getValue().sum(nowMillis));
            }
        }
        for (Tab tab : open) {
            total = RowMath.plus(total, tab.sum(counts));
        }
        return total;
    }

    /** Forgets sums of nothing; returns how many. */
    synchronized int sweep(long nowMillis) {
        int before = sums.size();
        sums.values().removeIf(sum -> sum.sum(nowMillis) == 0);
        return before - sums.size();
    }

    /** @return whether it says no more than one that is not there; from then on it takes nothing */
    synchronized boolean retire(long nowMillis, Duration longest) {
        retired |= sums.isEmpty() && open.isEmpty() && !BudgetBook.isRecent(lostAt, nowMillis, longest);
        return retired;
    }

    synchronized boolean isRetired() {
        return retired;
    }
}
