package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is audited, and where to.
 *
 * @param file one JSON object a line is appended here; null sends the lines to the logger `audit`
 * @param everyStatement audits allowed statements too, not only what was held or denied
 * @param key the private key that signs checkpoints; null leaves them unsigned
 * @param fsyncInterval how long a line may wait for the disk, with {@link FsyncPolicy#INTERVAL}
 */
public record AuditSettings(
        @Nullable Path file,
        boolean everyStatement,
        @Nullable Path key,
        Checkpoints checkpoints,
        FsyncPolicy fsync,
        Duration fsyncInterval,
        Rotation rotation) {
    /**
     * When a checkpoint is written.
     *
     * @param lines after so many lines
     * @param every after so long, when there are lines that no checkpoint covers
     */
    public record Checkpoints(int lines, Duration every) {}

    /**
     * When the file is renamed and a new one begun.
     *
     * @param bytes at this size; zero never
     * @param every at this age; zero never
     * @param keep how many renamed files are kept; zero keeps all
     */
    public record Rotation(long bytes, Duration every, int keep) {}

    public static final AuditSettings DEFAULTS = new AuditSettings(null, false);

    /** All else as it is when nothing is set. */
    public AuditSettings(@Nullable Path file, boolean everyStatement) {
        this(
                file,
                everyStatement,
                null,
                new Checkpoints(1000, Duration.ofMinutes(1)),
                FsyncPolicy.INTERVAL,
                Duration.ofSeconds(1),
                new Rotation(0, Duration.ZERO, 0));
    }
}
