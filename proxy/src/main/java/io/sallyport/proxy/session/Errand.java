package io.sallyport.proxy.session;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work for which a batch stands still: done on a worker, and told on the session's loop. */
final class Errand {
    private static final Logger log = LoggerFactory.getLogger(Errand.class);

    private Errand() {}

    /** @param done called once on the loop, later, with what went wrong, or null; also where the workers have too much to do */
    static void run(Executor workers, Executor loop, Runnable work, Consumer<@Nullable Throwable> done) {
        try {
            workers.execute(() -> {
                Throwable fault = fault(work);
                loop.execute(() -> done.accept(fault));
            });
        } catch (RejectedExecutionException full) {
            loop.execute(() -> done.accept(full));
        }
    }

    private static @Nullable Throwable fault(Runnable work) {
        try {
            work.run();
            return null;
        } catch (RuntimeException | Error fault) {
            log.error("work for a session failed; its batch is refused", fault);
            return fault;
        }
    }
}
