package io.sallyport.proxy.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes. What could not be written is kept and tried again until it is, or until the end. */
final class AuditWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final int LARGEST_BATCH = 256;

    private final AuditQueue queue;
    private final AuditOutput output;
    private final Duration retry;
    /** How often the output is asked whether something is due. */
    private final Duration tick;

    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile boolean healthy = true;

    AuditWriter(AuditQueue queue, AuditOutput output, Duration retry, Duration tick) {
        this.queue = queue;
        this.output = output;
        this.retry = retry;
        this.tick = tick;
    }

    boolean isHealthy() {
        return healthy;
    }

    boolean isEnding() {
        return ending.getCount() == 0;
    }

    void end() {
        ending.countDown();
    }

    @Override
    public void run() {
        try (output) {
            boolean goingOn = writeFully(0);
            while (goingOn && !(isEnding() && queue.isEmpty())) {
                List<AuditQueue.Entry> batch = queue.take(LARGEST_BATCH, tick);
                output.add(batch.stream()
                        .map(AuditQueue.Entry::event)
                        .filter(Objects::nonNull)
                        .toList());
                goingOn = writeFully(batch.size());
                if (goingOn) {
                    queue.written();
                    batch.forEach(AuditWriter::follow);
                }
            }
            if (goingOn) {
                output.finish();
                writeFully(0);
            }
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            LOG.error("the audit log ends: {}", e, e);
        } finally {
            healthy = false;
            end();
        }
    }

    private static void follow(AuditQueue.Entry entry) {
        Runnable then = entry.then();
        if (then == null) {
            return;
        }
        try {
            then.run();
        } catch (RuntimeException e) {
            LOG.error("what was to follow an audit event failed", e);
        }
    }

    /** False when it was given up: the log is closing, and a last try failed too. */
    private boolean writeFully(int events) throws InterruptedException {
        while (true) {
            try {
                output.flush();
                noteSuccess();
                return true;
            } catch (IOException | RuntimeException e) {
                noteFailure(e);
                if (ending.await(retry.toMillis(), TimeUnit.MILLISECONDS) && retryInVain()) {
                    LOG.error("the audit log ends with up to {} events unwritten", events + queue.size());
                    queue.clear();
                    return false;
                }
            }
        }
    }

    /** One last try while closing. */
    private boolean retryInVain() {
        try {
            output.flush();
            return false;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    private void noteFailure(Exception e) {
        if (healthy) {
            LOG.error(
                    "audit events cannot be written; destructive statements are refused until they can: {}",
                    e.toString());
        }
        healthy = false;
    }

    private void noteSuccess() {
        if (!healthy) {
            LOG.info("audit events can be written again");
        }
        healthy = true;
    }
}
