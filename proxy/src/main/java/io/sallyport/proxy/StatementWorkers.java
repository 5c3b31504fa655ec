package io.sallyport.proxy;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that read what takes too long for an event loop. */
final class StatementWorkers {
    private static final int MOST_QUEUED_WORK = 4_096;

    private StatementWorkers() {}

    static ExecutorService open() {
        AtomicInteger number = new AtomicInteger();
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_QUEUED_WORK), task -> {
                    // Deeply nested statements need a deep stack; overflow is caught and means unreadable.
                    Thread thread = new Thread(null, task, "worker-" + number.incrementAndGet(), 4L << 20);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
