package io.sallyport.proxy.budget;

import io.sallyport.policies.rule.BudgetNeeds;
import io.sallyport.policies.rule.BudgetSource;
import io.sallyport.policies.rule.Subject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sums of all accounts, for every thread. Bounded: where there is no room, sums of nothing are forgotten, and where that does not help, nothing is
 * known of the account that there was no room for.
 */
public final class BudgetBook {
    /** Half a kibibyte each. */
    static final int MOST_SUMS = 10_000;

    static final int MOST_ACCOUNTS = 5_000;

    /** No budget asks for longer (DurationForm). */
    private static final Duration LONGEST = Duration.ofHours(24);

    /** Looking everywhere for room is worth it once in this time. */
    private static final long SWEEP_MILLIS = 1_000;

    /** The same account is complained of once in this time. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Clock clock;
    private final Consumer<Account> full;
    private final Map<Account, AccountSums> accounts = new ConcurrentHashMap<>();
    private final AtomicInteger sums = new AtomicInteger();
    private volatile long sweptAt = Long.MIN_VALUE;
    private volatile long noAccountAt = Long.MIN_VALUE;

    /** @param full hears whose sums are not known because there was no room */
    public BudgetBook(Clock clock, Consumer<Account> full) {
        this.clock = clock;
        this.full = full;
    }

    /** For a session that begins. */
    public Tab tab() {
        return new Tab(this);
    }

    /** How many sums are kept. */
    public int size() {
        return sums.get();
    }

    /**
     * How many rows were changed; {@link BudgetSource#UNKNOWN} where nobody can tell.
     *
     * @param within one of the times that sums were kept for
     */
    public long sum(Account account, Duration within, Predicate<Entry> counts) {
        long now = clock.millis();
        AccountSums known = accounts.get(account);
        if (known == null) {
            return isRecent(noAccountAt, now, within) ? BudgetSource.UNKNOWN : 0;
        }
        return known.sum(within, counts, now);
    }

    /** Where the clock was put back since, it is recent too. */
    static boolean isRecent(long millis, long now, Duration within) {
        return millis != Long.MIN_VALUE && now - millis <= within.toMillis();
    }

    /** Null where there is no room for it. */
    @Nullable
    AccountSums join(Account account, Tab tab) {
        AccountSums sumsOf = account(account);
        while (sumsOf != null && !sumsOf.join(tab)) {
            sumsOf = account(account);
        }
        return sumsOf;
    }

    private @Nullable AccountSums account(Account account) {
        AccountSums known = accounts.get(account);
        if (known != null && !known.isRetired()) {
            return known;
        }
        long now = clock.millis();
        if (accounts.size() >= MOST_ACCOUNTS) {
            sweep(now);
        }
        if (accounts.size() >= MOST_ACCOUNTS) {
            if (!isRecent(noAccountAt, now, QUIET)) {
                full.accept(account);
            }
            noAccountAt = now;
            return null;
        }
        return accounts.compute(
                account, (key, there) -> there == null || there.isRetired() ? new AccountSums() : there);
    }

    /**
     * Of a session whose tab has joined the accounts, so that they are not retired.
     *
     * @param lost whether nobody knows what else was done
     */
    void add(Map<Entry, Long> rows, boolean lost, BudgetNeeds needs, Subject subject) {
        long now = clock.millis();
        if (sums.get() + rows.size() * needs.spans().size() > MOST_SUMS) {
            sweep(now);
        }
        for (BudgetNeeds.Span span : needs.spans()) {
            Account account = Account.of(span.per(), subject);
            AccountSums into = rows.isEmpty() && !lost ? null : account(account);
            if (into == null) {
                continue;
            }
            if (into.isFull()) {
                sums.addAndGet(-into.sweep(now));
            }
            boolean kept = !lost;
            for (Map.Entry<Entry, Long> each : rows.entrySet()) {
                kept &= into.add(each.getKey(), span.within(), each.getValue(), now, this::room);
            }
            if (!kept && !isRecent(into.lose(now), now, QUIET)) {
                full.accept(account);
            }
        }
    }

    private boolean room() {
        boolean taken = sums.incrementAndGet() <= MOST_SUMS;
        if (!taken) {
            sums.decrementAndGet();
        }
        return taken;
    }

    private void sweep(long now) {
        if (isRecent(sweptAt, now, Duration.ofMillis(SWEEP_MILLIS))) {
            return;
        }
        sweptAt = now;
        accounts.values().forEach(account -> sums.addAndGet(-account.sweep(now)));
        accounts.values().removeIf(account -> account.retire(now, LONGEST));
    }
}
