package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.proxy.batch.SqlText;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads texts in full on a worker, and comes back to the session's loop. */
final class FullReading {
    private static final Logger log = LoggerFactory.getLogger(FullReading.class);

    private final AnalysisCache cache;
    private final Executor workers;
    private final Executor loop;

    FullReading(AnalysisCache cache, Executor workers, Executor loop) {
        this.cache = cache;
        this.workers = workers;
        this.loop = loop;
    }

    /**
     * @param done called once on the loop, later, with what went wrong, or null
     */
    void start(List<SqlText> texts, Consumer<@Nullable Throwable> done) {
        try {
            workers.execute(() -> {
                Throwable fault = complete(texts);
                loop.execute(() -> done.accept(fault));
            });
        } catch (RejectedExecutionException full) {
            // The workers have too much to do already.
            loop.execute(() -> done.accept(full));
        }
    }

    private @Nullable Throwable complete(List<SqlText> texts) {
        try {
            texts.forEach(text -> text.complete(cache));
            return null;
        } catch (RuntimeException | Error fault) {
            log.error("reading in full failed; the batch is refused", fault);
            return fault;
        }
    }
}
