package io.sallyport.proxy.audit.verify;

import io.sallyport.proxy.audit.chain.VerifyingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies audit logs.
 *
 * @param keys whose signatures count; with none, signatures are not looked at
 * @param copies files with checkpoints that were kept elsewhere
 * @param complete whether the log has to begin with its first line and end with a checkpoint
 */
public record AuditVerifier(List<VerifyingKey> keys, List<Path> copies, boolean complete) {
    /** @throws IOException when a file cannot be read; the message says which */
    public Report verify(List<Path> named) throws IOException {
        List<Path> files = LogFiles.expand(named);
        List<Checkpoint> known = new ArrayList<>();
        for (Path copy : LogFiles.checkpointsBeside(files)) {
            known.add(copy(copy));
        }
        for (Path copy : copies) {
            known.add(copy(copy));
        }
        try (LogFiles lines = LogFiles.of(files)) {
            Report report = new Verification(lines, new Checkpoints(keys, known)).run(lines.names());
            return complete ? demandAll(report) : report;
        }
    }

    private Checkpoint copy(Path file) throws IOException {
        try (FileLines lines = new FileLines(file)) {
            LogLine line = lines.next();
            Checkpoint read = line == null ? null : Checkpoint.read(line);
            if (read == null || !read.fits()) {
                throw new IOException(file + " holds no checkpoint");
            }
            if (!keys.isEmpty() && !read.provedBy(keys)) {
                throw new IOException(file + " holds a checkpoint that was not signed by a given key");
            }
            return read;
        }
    }

    private static Report demandAll(Report report) {
        List<Finding> findings = new ArrayList<>(report.findings());
        if (report.intact() && report.firstNumber() != 1) {
            findings.add(incomplete("the first line is number " + report.firstNumber() + "; older files are missing"));
        }
        if (report.intact() && (report.uncovered() > 0 || report.halfLineAtEnd())) {
            findings.add(incomplete("the log does not end with a checkpoint that counts"));
        }
        return report.with(findings);
    }

    private static Finding incomplete(String what) {
        return new Finding(Finding.Kind.INCOMPLETE, null, "incomplete: " + what);
    }
}
