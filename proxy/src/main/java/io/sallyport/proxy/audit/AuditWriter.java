package io.sallyport.proxy.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes. What could not be written is kept and tried again until it is, or until the end. */
final class AuditWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final int LARGEST_BATCH = 256;

    private final BlockingQueue<AuditEvent> queue;
    private final AuditSink sink;
    private final Duration retry;
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile boolean healthy = true;

    AuditWriter(BlockingQueue<AuditEvent> queue, AuditSink sink, Duration retry) {
        this.queue = queue;
        this.sink = sink;
        this.retry = retry;
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
        List<AuditEvent> batch = new ArrayList<>(LARGEST_BATCH);
        try (sink) {
            do {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, LARGEST_BATCH - 1);
                batch.removeIf(event -> event == AuditLog.WAKE);
                writeFully(encode(batch), batch.size());
            } while (!isEnding() || !queue.isEmpty());
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            LOG.error("the audit log ends: {}", e, e);
        } finally {
            healthy = false;
            end();
        }
    }

    private void writeFully(ByteBuffer lines, int events) throws InterruptedException {
        while (lines.hasRemaining()) {
            try {
                sink.write(lines);
            } catch (IOException | RuntimeException e) {
                noteFailure(e);
                if (ending.await(retry.toMillis(), TimeUnit.MILLISECONDS) && retryInVain(lines)) {
                    LOG.error("the audit log ends with up to {} events unwritten", events + queue.size());
                    queue.clear();
                    return;
                }
            }
        }
        noteSuccess();
    }

    /** One last try while closing. */
    private boolean retryInVain(ByteBuffer lines) {
        try {
            sink.write(lines);
            return false;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    /** An event that cannot be encoded is our own fault; it is lost, loudly, and the others are not. */
    private static ByteBuffer encode(List<AuditEvent> batch) {
        StringBuilder lines = new StringBuilder();
        for (AuditEvent event : batch) {
            try {
                lines.append(AuditJson.line(event)).append('\n');
            } catch (RuntimeException e) {
                LOG.error(
                        "an audit event cannot be encoded: {}", event.getClass().getSimpleName(), e);
            }
        }
        // By way of a String: half a surrogate pair becomes a question mark instead of an error.
        return ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
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
