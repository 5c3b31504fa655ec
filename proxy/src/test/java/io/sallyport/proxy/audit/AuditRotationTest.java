package io.sallyport.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.audit.verify.Report;
import io.sallyport.proxy.config.AuditSettings;
import io.sallyport.proxy.config.FsyncPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AuditRotationTest {
    @TempDir
    private Path folder;

    private ChainedFiles log;

    @BeforeEach
    void name() {
        log = new ChainedFiles(folder);
    }

    @Test
    void a_large_file_is_renamed_and_the_next_goes_on() throws Exception {
        log.write(log.settings(FsyncPolicy.INTERVAL, 100_000, 0), 0, 3000);
        Report report = log.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.files()).hasSizeGreaterThan(3);
        assertThat(report.firstNumber()).isEqualTo(1);
        assertThat(log.file).content().startsWith("{\"event\":\"audit_opened\"").contains("\"after\":\"audit.jsonl.2");
    }

    @Test
    void only_so_many_old_files_are_kept() throws Exception {
        log.write(log.settings(FsyncPolicy.NONE, 50_000, 2), 0, 3000);
        assertThat(names()).hasSize(3);
        Report report = log.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.firstNumber()).isGreaterThan(1);
    }

    @Test
    void an_old_file_is_renamed_after_its_time() throws Exception {
        Instant start = Instant.parse("2026-11-21T02:00:00Z");
        write(start, 0);
        write(start.plus(Duration.ofHours(23)), 1);
        assertThat(names()).hasSize(1);
        write(start.plus(Duration.ofHours(24)), 2);
        assertThat(names()).containsExactly("audit.jsonl", "audit.jsonl.20261122T020000.000Z");
        assertThat(log.verify().findings()).isEmpty();
    }

    @Test
    void a_process_killed_between_two_files_goes_on_after_the_older() throws Exception {
        log.write(0, 10);
        Files.move(log.file, folder.resolve("audit.jsonl.20261122T020000.000Z"));
        Files.delete(folder.resolve("audit.jsonl.checkpoint"));
        log.write(10, 20);
        assertThat(log.verify().findings()).isEmpty();
    }

    @Test
    void a_file_that_is_gone_is_not_renamed() throws Exception {
        Instant at = Instant.parse("2026-11-21T02:00:00Z");
        AuditSettings settings = log.settings(FsyncPolicy.NONE, 100, 0);
        try (AuditFile file = new AuditFile(log.file, settings.rotation(), Clock.fixed(at, ZoneOffset.UTC));
                AuditJournal journal =
                        new AuditJournal(file, file.start(), settings, null, Clock.fixed(at, ZoneOffset.UTC))) {
            journal.flush();
            Files.delete(log.file);
            journal.add(List.of(AuditEvents.numbered(1)));
            journal.flush();
        }
        assertThat(log.file).content().contains("\"reason\":\"moved\"").contains("\"s-1\"");
    }

    /** By a process that runs at that time only. */
    private void write(Instant at, int number) throws IOException {
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        AuditSettings settings = new AuditSettings(
                log.file,
                false,
                null,
                new AuditSettings.Checkpoints(100, Duration.ofMinutes(1)),
                FsyncPolicy.NONE,
                Duration.ofSeconds(1),
                new AuditSettings.Rotation(0, Duration.ofDays(1), 0));
        try (AuditFile file = new AuditFile(log.file, settings.rotation(), clock);
                AuditJournal journal = new AuditJournal(file, file.start(), settings, null, clock)) {
            journal.flush();
            journal.add(List.of(AuditEvents.numbered(number)));
            journal.flush();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".checkpoint"))
                    .sorted()
                    .toList();
        }
    }
}
