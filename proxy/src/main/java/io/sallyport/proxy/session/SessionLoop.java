package io.sallyport.proxy.session;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The one thread that runs a session, and its timers. */
public interface SessionLoop extends Executor {
    /** Runs the task once after the delay, on this loop. */
    Timer schedule(Duration delay, Runnable task);

    /** Runs the task again and again, on this loop, until cancelled. */
    Timer every(Duration interval, Runnable task);

    /** A task that has not run yet. */
    interface Timer {
        void cancel();
    }
}
