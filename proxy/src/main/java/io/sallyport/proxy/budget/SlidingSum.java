package io.sallyport.proxy.budget;

import java.time.Duration;
import java.util.Arrays;

/**
 * A sum over the last while, in sixty parts and the one that runs: what was added counts for the whole time, and at most a sixtieth of it longer. A
 * clock that is put back stands still here: nothing is forgotten by it, and nothing counts twice. Not for several threads.
 */
final class SlidingSum {
    private static final int PARTS = 60;

    private final long[] rows = new long[PARTS + 1];
    private final long millisOfPart;
    private long newest = Long.MIN_VALUE;

    SlidingSum(Duration within) {
        millisOfPart = Math.max(1, (within.toMillis() + PARTS - 1) / PARTS);
    }

    void add(long nowMillis, long more) {
        advance(nowMillis);
        int slot = slot(newest);
        rows[slot] = RowMath.plus(rows[slot], more);
    }

    long sum(long nowMillis) {
        advance(nowMillis);
        long sum = 0;
        for (long part : rows) {
            sum = RowMath.plus(sum, part);
        }
        return sum;
    }

    private void advance(long nowMillis) {
        long part = Math.floorDiv(nowMillis, millisOfPart);
        if (newest == Long.MIN_VALUE || part - newest > PARTS) {
            Arrays.fill(rows, 0);
            newest = part;
        }
        while (newest < part) {
            rows[slot(++newest)] = 0;
        }
    }

    private int slot(long part) {
        return (int) Math.floorMod(part, (long) rows.length);
    }
}
