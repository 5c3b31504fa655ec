package io.sallyport.proxy.budget;

import static io.sallyport.policies.rule.BudgetSource.UNKNOWN;

/** Numbers of rows of which one may be unknown. */
public final class RowMath {
    private RowMath() {}

    /** Unknown where one of them is. */
    public static long plus(long one, long other) {
        long sum = one + other;
        return one == UNKNOWN || other == UNKNOWN || sum < 0 ? UNKNOWN : sum;
    }
}
