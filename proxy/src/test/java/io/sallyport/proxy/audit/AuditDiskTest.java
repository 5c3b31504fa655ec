package io.sallyport.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.config.AuditSettings;
import io.sallyport.proxy.config.FsyncPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Full disks, and when lines are on them. */
@Timeout(30)
class AuditDiskTest {
    private static final Duration SOON = Duration.ofMillis(10);
    private static final int PLENTY = 1 << 30;

    @TempDir
    private Path folder;

    private ChainedFiles files;

    @BeforeEach
    void name() {
        files = new ChainedFiles(folder);
    }

    @Test
    void a_full_disk_is_waited_for_and_leaves_no_gap() throws Exception {
        AuditSettings settings = files.settings();
        try (AuditFile file = new AuditFile(files.file, settings.rotation(), Clock.systemUTC())) {
            FullDisk disk = new FullDisk(file, 2000);
            try (AuditLog log = open(disk, file, settings)) {
                int taken = 0;
                while (log.append(AuditEvents.numbered(taken))) {
                    taken++;
                }
                await().until(() -> !log.writable());
                await().until(() -> !log.age().isZero());
                disk.space.set(PLENTY);
                await().until(log::writable);
                assertThat(log.append(AuditEvents.numbered(-1))).isTrue();
            }
        }
        assertThat(files.verify().findings()).isEmpty();
        assertThat(files.verify().uncovered()).isZero();
        assertThat(files.file).content().contains("\"s-0\"").contains("\"s--1\"");
    }

    @Test
    void a_file_moved_off_a_full_disk_is_followed_by_one_with_what_was_unwritten() throws Exception {
        AuditSettings settings = files.settings();
        try (AuditFile file = new AuditFile(files.file, settings.rotation(), Clock.systemUTC())) {
            FullDisk disk = new FullDisk(file, 2000);
            try (AuditLog log = open(disk, file, settings)) {
                int taken = 0;
                while (log.append(AuditEvents.numbered(taken))) {
                    taken++;
                }
                Files.move(files.file, folder.resolve("audit.jsonl.1"));
                disk.space.set(PLENTY);
                await().until(log::writable);
                ChainedFiles.append(log, taken + 1, taken + 10);
            }
        }
        assertThat(files.verify().findings()).isEmpty();
        assertThat(files.verify().files()).hasSize(2);
    }

    @Test
    void with_every_what_follows_events_runs_when_they_are_on_the_disk() throws Exception {
        AuditSettings settings = files.settings(FsyncPolicy.EVERY, 0, 0);
        try (AuditFile file = new AuditFile(files.file, settings.rotation(), Clock.systemUTC())) {
            FullDisk disk = new FullDisk(file, PLENTY);
            disk.forceFails = true;
            List<String> order = new CopyOnWriteArrayList<>();
            try (AuditLog log = open(disk, file, settings)) {
                log.append(AuditEvents.numbered(1));
                log.onRecord(() -> order.addAll(disk.calls));
                await().until(() -> !log.writable());
                assertThat(order).isEmpty();
                disk.forceFails = false;
                await().until(() -> !order.isEmpty());
            }
            assertThat(order).endsWith("force");
        }
    }

    @Test
    void otherwise_it_runs_at_once() throws Exception {
        for (FsyncPolicy policy : List.of(FsyncPolicy.NONE, FsyncPolicy.INTERVAL)) {
            List<String> order = new CopyOnWriteArrayList<>();
            try (AuditLog log = AuditLog.open(files.settings(policy, 0, 0))) {
                log.onRecord(() -> order.add("ran"));
                assertThat(order).containsExactly("ran");
            }
        }
    }

    @Test
    void a_device_is_written_without_a_past() throws Exception {
        Path device = Path.of("/dev/null");
        AuditSettings defaults = files.settings();
        AuditSettings settings = new AuditSettings(
                device,
                false,
                null,
                defaults.checkpoints(),
                FsyncPolicy.EVERY,
                defaults.fsyncInterval(),
                new AuditSettings.Rotation(1, Duration.ofDays(1), 1));
        try (AuditLog log = AuditLog.open(settings)) {
            ChainedFiles.append(log, 0, 100);
            await().until(() -> log.age().isZero());
            assertThat(log.writable()).isTrue();
        }
    }

    private static AuditLog open(FullDisk disk, AuditFile file, AuditSettings settings) throws IOException {
        AuditJournal journal = new AuditJournal(disk, file.start(), settings, null, Clock.systemUTC());
        return new AuditLog(journal, settings, 8192, SOON);
    }
}
