package io.sallyport.proxy.it.audit;

import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.config.AuditSettings;
import io.sallyport.proxy.config.FsyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** A process that appends to a log until it is killed. */
public final class BusyWriter {
    private BusyWriter() {}

    /** Its argument is the log. */
    public static void main(String[] arguments) throws IOException {
        AuditSettings settings = new AuditSettings(
                Path.of(arguments[0]),
                false,
                null,
                new AuditSettings.Checkpoints(500, Duration.ofMinutes(1)),
                FsyncPolicy.NONE,
                Duration.ofSeconds(1),
                new AuditSettings.Rotation(2_000_000, Duration.ZERO, 0));
        try (AuditLog log = AuditLog.open(settings)) {
            for (long i = 0; ; i++) {
                if (!log.append(new AuditEvent.SessionEnded(Instant.now(), "s-" + i, "x".repeat((int) (i % 900))))) {
                    LockSupport.parkNanos(100_000);
                }
            }
        }
    }
}
