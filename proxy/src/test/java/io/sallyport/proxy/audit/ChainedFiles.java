package io.sallyport.proxy.audit;

import io.sallyport.proxy.audit.verify.AuditVerifier;
import io.sallyport.proxy.audit.verify.Finding;
import io.sallyport.proxy.audit.verify.Report;
import io.sallyport.proxy.config.AuditSettings;
import io.sallyport.proxy.config.FsyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Writes logs in a folder, and verifies all of them. */
final class ChainedFiles {
    private final Path folder;
    final Path file;

    ChainedFiles(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("audit.jsonl");
    }

    AuditSettings settings(FsyncPolicy fsync, int rotateBytes, int keep) {
        return new AuditSettings(
                file,
                false,
                null,
                new AuditSettings.Checkpoints(100, Duration.ofMinutes(1)),
                fsync,
                Duration.ofSeconds(1),
                new AuditSettings.Rotation(rotateBytes, Duration.ZERO, keep));
    }

    AuditSettings settings() {
        return settings(FsyncPolicy.NONE, 0, 0);
    }

    void write(int from, int to) throws IOException {
        write(settings(), from, to);
    }

    /** A process that starts, appends and stops. */
    void write(AuditSettings settings, int from, int to) throws IOException {
        try (AuditLog log = AuditLog.open(settings)) {
            append(log, from, to);
        }
    }

    static void append(AuditLog log, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!log.append(AuditEvents.numbered(i))) {
                throw new AssertionError("event " + i + " was not taken");
            }
        }
    }

    Report verify() throws IOException {
        return new AuditVerifier(List.of(), List.of(), false).verify(List.of(folder));
    }

    /** Of the only finding. */
    Finding.Kind wrong() throws IOException {
        List<Finding> findings = verify().findings();
        if (findings.size() != 1) {
            throw new AssertionError("expected one finding: " + findings);
        }
        return findings.get(0).kind();
    }
}
