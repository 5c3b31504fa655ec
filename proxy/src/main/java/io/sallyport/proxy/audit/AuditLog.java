package io.sallyport.proxy.audit;

import io.sallyport.proxy.audit.chain.SigningKey;
import io.sallyport.proxy.config.AuditSettings;
import io.sallyport.proxy.config.FsyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Appends events without blocking: a bounded queue and one writing thread. When {@link #append} answers false the
 * event may be lost, and the caller must refuse what it wanted to have on record.
 */
public final class AuditLog implements AutoCloseable {
    /** With statements cut at 8 KiB, at most some 64 MiB wait. */
    private static final int QUEUE_LENGTH = 8192;

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final AuditQueue queue;
    private final AuditSettings settings;
    private final AuditWriter writer;
    private final Thread thread;

    AuditLog(AuditOutput output, AuditSettings settings, int queueLength, Duration retry) {
        this.queue = new AuditQueue(queueLength);
        this.settings = settings;
        this.writer = new AuditWriter(queue, output, retry, tick(settings));
        this.thread = new Thread(writer, "audit-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /** As {@link #open(AuditSettings)}, with all else as it is when nothing is set. */
    public static AuditLog open(@Nullable Path file, boolean everyStatement) throws IOException {
        return open(new AuditSettings(file, everyStatement));
    }

    /** With a file, appends to it; without one, the lines go to the logger `audit`. Fails when the file or the key cannot be had. */
    public static AuditLog open(AuditSettings settings) throws IOException {
        return new AuditLog(output(settings, Clock.systemUTC()), settings, QUEUE_LENGTH, RETRY);
    }

    private static AuditOutput output(AuditSettings settings, Clock clock) throws IOException {
        Path file = settings.file();
        if (file == null) {
            return new PlainLines(new AuditLogger());
        }
        SigningKey key = key(settings.key());
        AuditFile opened = new AuditFile(file, settings.rotation(), clock);
        return new AuditJournal(opened, opened.start(), settings, key, clock);
    }

    private static @Nullable SigningKey key(@Nullable Path file) throws IOException {
        try {
            return file == null ? null : SigningKey.load(file);
        } catch (IOException e) {
            throw new IOException("audit.key: " + e.getMessage(), e);
        }
    }

    /** Whether plainly allowed statements are recorded too; asking first spares making their events. */
    public boolean everyStatement() {
        return settings.everyStatement();
    }

    /** Never blocks. True when the event is queued and the last writing succeeded, or when it is not to be recorded. */
    public boolean append(AuditEvent event) {
        if (event instanceof AuditEvent.Decided decided
                && decided.decision().equals("allow")
                && !settings.everyStatement()) {
            return true;
        }
        return !writer.isEnding() && queue.offer(event) && writer.isHealthy();
    }

    /**
     * Runs this once the events appended so far are on record. Where every line is forced to the disk that is when they are
     * there, and the writing thread runs it; else it is at once. It must not block.
     */
    public void onRecord(Runnable then) {
        if (settings.file() != null && settings.fsync() == FsyncPolicy.EVERY) {
            queue.follow(then);
        } else {
            then.run();
        }
    }

    /** Whether the last writing succeeded and there is room for more. */
    public boolean writable() {
        return writer.isHealthy() && queue.hasRoom();
    }

    /** How long the oldest event that is not written waits. */
    public Duration age() {
        return queue.age();
    }

    /** Writes what is queued, for at most five seconds. */
    @Override
    public void close() {
        writer.end();
        queue.wake();
        // Also for a thread that is told to hurry: what is not on record then is lost.
        boolean hurried = Thread.interrupted();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            hurried = true;
        }
        if (hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration tick(AuditSettings settings) {
        return settings.fsyncInterval().compareTo(LONGEST_TICK) < 0 ? settings.fsyncInterval() : LONGEST_TICK;
    }
}
