package io.sallyport.proxy.it.relay;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/** True once a counter has moved and then stood still for ten looks in a row. */
public final class Stalled implements Callable<Boolean> {
    private static final int LOOKS = 10;

    private final AtomicLong counter;
    private long last;
    private int same;

    public Stalled(AtomicLong counter) {
        this.counter = counter;
    }

    @Override
    public Boolean call() {
        long now = counter.get();
        same = now > 0 && now == last ? same + 1 : 0;
        last = now;
        return same >= LOOKS;
    }
}
