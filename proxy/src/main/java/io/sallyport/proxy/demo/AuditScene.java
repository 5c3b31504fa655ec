package io.sallyport.proxy.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Afterwards: the audit log must tell the same story. */
final class AuditScene implements Scene {
    private final Path auditFile;
    private final List<String> story;

    /** {@code story}: what it must say, in order, each line without its hold's code. */
    AuditScene(Path auditFile, List<String> story) {
        this.auditFile = auditFile;
        this.story = story;
    }

    @Override
    public String title() {
        return "Afterwards: what the audit log says";
    }

    @Override
    public void play(Stage stage) throws Checks.Unmet, InterruptedException {
        long deadline = System.nanoTime() + stage.patience().toNanos();
        List<String> trail = read();
        // It is written behind the statements, by a thread of its own.
        while (trail.size() < story.size() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
            trail = read();
        }
        trail.forEach(line -> stage.transcript().line("audit", line));
        List<String> told = trail.stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
        stage.checks().must(told.equals(story), "it tells the same story", String.join("; ", told));
    }

    private List<String> read() throws Checks.Unmet {
        try {
            return AuditTrail.read(auditFile);
        } catch (IOException e) {
            throw new Checks.Unmet("an audit log that can be read", e.toString());
        }
    }
}
