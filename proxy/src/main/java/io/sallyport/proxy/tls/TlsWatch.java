package io.sallyport.proxy.tls;

import io.sallyport.proxy.metrics.TlsMetrics;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the files of TLS now and then, on a thread of its own. */
public final class TlsWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TlsWatch.class);
    private static final long EVERY_MILLIS = 1_000;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread own = new Thread(task, "tls-watch");
        own.setDaemon(true);
        return own;
    });

    public TlsWatch(List<Reloading<?>> watched, TlsMetrics metrics) {
        if (!watched.isEmpty()) {
            thread.scheduleWithFixedDelay(
                    () -> watched.forEach(one -> look(one, metrics)),
                    EVERY_MILLIS,
                    EVERY_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private static void look(Reloading<?> one, TlsMetrics metrics) {
        try {
            Boolean taken = one.look();
            if (taken != null) {
                metrics.reloaded(taken);
            }
        } catch (RuntimeException e) {
            log.error("looking at the files of TLS failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
