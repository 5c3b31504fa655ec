package io.sallyport.proxy.auth;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Work that logins wait for, on a few threads. Callers take turns, one piece of work each: whoever asks much makes only
 * itself wait. Safe for use by many threads.
 */
final class Turns {
    /** A pool of connections may open all of its at once. */
    static final int MOST_OF_ONE = 256;

    private final Executor threads;
    /** By caller; the first is the next. */
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();

    /** @param threads rejects when there is too much work in all */
    Turns(Executor threads) {
        this.threads = threads;
    }

    /** @throws RejectedExecutionException when too much waits, of this caller or in all; then it will not run */
    synchronized void execute(String caller, Runnable work) {
        Deque<Runnable> own = waiting.computeIfAbsent(caller, first -> new ArrayDeque<>());
        if (own.size() >= MOST_OF_ONE) {
            throw new RejectedExecutionException(MOST_OF_ONE + " pieces of work wait for " + caller);
        }
        own.addLast(work);
        try {
            // Under the lock, so that no other turn takes it while it may still have to be taken back.
            threads.execute(this::next);
        } catch (RejectedExecutionException full) {
            own.removeLast();
            if (own.isEmpty()) {
                waiting.remove(caller);
            }
            throw full;
        }
    }

    private void next() {
        Runnable work = take();
        if (work != null) {
            work.run();
        }
    }

    private synchronized @Nullable Runnable take() {
        Iterator<Map.Entry<String, Deque<Runnable>>> callers =
                waiting.entrySet().iterator();
        if (!callers.hasNext()) {
            return null;
        }
        Map.Entry<String, Deque<Runnable>> first = callers.next();
        String caller = first.getKey();
        Deque<Runnable> own = first.getValue();
        callers.remove();
        Runnable work = own.poll();
        if (!own.isEmpty()) {
            waiting.put(caller, own);
        }
        return work;
    }
}
