package io.sallyport.proxy.it.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.audit.verify.AuditVerifier;
import io.sallyport.proxy.audit.verify.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class KilledWriterIT {
    private static final int KILLS = 6;

    @TempDir
    private Path folder;

    @Test
    void processes_killed_while_they_write_leave_one_chain() throws Exception {
        Path log = folder.resolve("audit.jsonl");
        for (int round = 0; round < KILLS; round++) {
            long before = written();
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            BusyWriter.class.getName(),
                            log.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                await().atMost(Duration.ofSeconds(30)).until(() -> written() > before + 500_000);
            } finally {
                writer.destroyForcibly();
            }
            assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        AuditLog.open(log, false).close();
        Report report = new AuditVerifier(List.of(), List.of(), true).verify(List.of(folder));
        assertThat(report.findings()).isEmpty();
        assertThat(report.lines()).isGreaterThan(KILLS * 100L);
    }

    private long written() throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
