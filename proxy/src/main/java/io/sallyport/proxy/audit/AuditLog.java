package io.sallyport.proxy.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Appends events without blocking: a bounded queue and one writing thread. When {@link #append} answers false the
 * event may be lost, and the caller must refuse what it wanted to have on record.
 */
public final class AuditLog implements AutoCloseable {
    /** With statements cut at 8 KiB, at most some 64 MiB wait. */
    private static final int QUEUE_LENGTH = 8192;

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    /** Wakes the writer so that it sees that it is to end; never written. */
    static final AuditEvent WAKE = new AuditEvent.SessionEnded(Instant.EPOCH, "", "");

    private final BlockingQueue<AuditEvent> queue;
    private final boolean everyStatement;
    private final AuditWriter writer;
    private final Thread thread;

    AuditLog(AuditSink sink, boolean everyStatement, int queueLength, Duration retry) {
        this.queue = new ArrayBlockingQueue<>(queueLength);
        this.everyStatement = everyStatement;
        this.writer = new AuditWriter(queue, sink, retry);
        this.thread = new Thread(writer, "audit-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /** With a file, appends to it; without one, the lines go to the logger `audit`. Fails when the file cannot be opened. */
    public static AuditLog open(@Nullable Path file, boolean everyStatement) throws IOException {
        AuditSink sink = file == null ? new AuditLogger() : new AuditFile(file);
        return new AuditLog(sink, everyStatement, QUEUE_LENGTH, RETRY);
    }

    /** Whether plainly allowed statements are recorded too; asking first spares making their events. */
    public boolean everyStatement() {
        return everyStatement;
    }

    /** Never blocks. True when the event is queued and the last writing succeeded, or when it is not to be recorded. */
    public boolean append(AuditEvent event) {
        if (event instanceof AuditEvent.Decided decided && decided.decision().equals("allow") && !everyStatement) {
            return true;
        }
        return !writer.isEnding() && queue.offer(event) && writer.isHealthy();
    }

    /** Writes what is queued, for at most five seconds. */
    @Override
    public void close() {
        writer.end();
        try {
            // A full queue needs no wake-up: the writer is not waiting for events then.
            if (queue.offer(WAKE) || thread.isAlive()) {
                thread.join(LONGEST_CLOSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
