package io.sallyport.proxy.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the policy's files now and then, on a thread of its own, and has them read anew when they changed. It compares what they hold, not when
 * they were written: a path may come to hold something else by an editor's rename or by Kubernetes' swapped symbolic link ({@code ..data}), and
 * two writings may bear the same time.
 */
public final class PolicyWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);

    /** Half of a policy can be a valid one with fewer rules: it must have stopped changing for as long as this. */
    private static final Duration SETTLES = Duration.ofMillis(250);

    private final PolicyInForce inForce;
    private final Duration every;
    private final ScheduledExecutorService thread;
    private LoadedPolicy last;
    private @Nullable Map<Path, FileContent> changing;

    private PolicyWatch(LoadedPolicy first, PolicyInForce inForce, Duration every) {
        this.last = first;
        this.inForce = inForce;
        this.every = every;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread own = new Thread(task, "policy-watch");
            own.setDaemon(true);
            return own;
        });
    }

    /** @param first what is in force already */
    public static PolicyWatch start(LoadedPolicy first, PolicyInForce inForce, Duration every) {
        PolicyWatch watch = new PolicyWatch(first, inForce, every);
        watch.again(every);
        return watch;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            Map<Path, FileContent> now = new LinkedHashMap<>();
            last.files().keySet().forEach(path -> now.put(path, FileContent.ofRegular(path)));
            LoadedPolicy read = now.equals(last.files()) ? null : PolicyLoader.reload(last.file());
            // What is taken is what was read twice: a file may go on changing between a look and a reading.
            boolean settled = read != null && read.files().equals(changing);
            changing = read == null || settled ? null : read.files();
            if (read != null && settled) {
                last = read;
                inForce.take(read);
            }
        } catch (RuntimeException | StackOverflowError e) {
            // The old policy stays, and the next look may fare better.
            LOG.error("looking at the policy {} failed", last.file(), e);
        }
        again(changing == null || every.compareTo(SETTLES) < 0 ? every : SETTLES);
    }

    private void again(Duration delay) {
        try {
            thread.schedule(this::look, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("the policy is no longer watched");
        }
    }
}
