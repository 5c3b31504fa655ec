package io.sallyport.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.proxy.config.AuditSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AuditLogTest {
    private static final AuditSettings DEFAULTS = AuditSettings.DEFAULTS;
    private static final Duration SOON = Duration.ofMillis(10);

    @TempDir
    private Path folder;

    @Test
    void events_of_many_threads_are_each_one_line_of_the_file() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (AuditLog log = AuditLog.open(file, false)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int first = t * 1000;
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < 1000; i++) {
                        assertThat(log.append(AuditEvents.numbered(first + i))).isTrue();
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(events(file)).hasSize(4000).doesNotHaveDuplicates().allMatch(line -> line.endsWith("}"));
    }

    @Test
    void an_event_reaches_the_file_while_the_log_is_open() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (AuditLog log = AuditLog.open(file, false)) {
            log.append(AuditEvents.decided("hold", "DROP TABLE t"));
            await().untilAsserted(() ->
                    assertThat(file).content().contains("DROP TABLE t").endsWith("}\n"));
        }
    }

    @Test
    void allowed_statements_are_recorded_only_when_every_statement_is() throws Exception {
        for (boolean every : new boolean[] {false, true}) {
            Path file = folder.resolve(every + ".jsonl");
            try (AuditLog log = AuditLog.open(file, every)) {
                assertThat(log.everyStatement()).isEqualTo(every);
                assertThat(log.append(AuditEvents.decided("allow", "SELECT 1"))).isTrue();
                assertThat(log.append(AuditEvents.decided("deny", "SELECT 2"))).isTrue();
            }
            assertThat(events(file)).hasSize(every ? 2 : 1);
        }
    }

    @Test
    void a_file_is_appended_to_and_a_torn_line_is_ended() throws Exception {
        Path file = Files.writeString(folder.resolve("audit.jsonl"), "{\"event\":\"old\"}\n{\"event\":\"to");
        try (AuditLog log = AuditLog.open(file, false)) {
            log.append(AuditEvents.numbered(1));
        }
        List<String> lines = events(file);
        assertThat(lines).hasSize(3).startsWith("{\"event\":\"old\"}", "{\"event\":\"to");
        assertThat(lines.get(2)).startsWith("{\"event\":\"session_ended\"");
    }

    @Test
    void a_new_file_is_not_for_everybody_to_read() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        AuditLog.open(file, false).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .startsWith("rw-r")
                .endsWith("---");
    }

    @Test
    void a_file_that_cannot_be_opened_is_an_error_at_once() {
        assertThatThrownBy(() -> AuditLog.open(folder.resolve("absent").resolve("a"), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot append to the audit file")
                .hasMessageEndingWith("no such folder");
    }

    @Test
    void a_full_queue_answers_false_and_never_blocks() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        RecordingSink sink = new RecordingSink();
        sink.beforeWriting = () -> awaitQuietly(stuck);
        try (AuditLog log = new AuditLog(new PlainLines(sink), DEFAULTS, 4, SOON)) {
            int accepted = 0;
            while (log.append(AuditEvents.numbered(accepted))) {
                accepted++;
            }
            assertThat(accepted).isBetween(4, 4 + 256);
            stuck.countDown();
            await().until(() -> log.append(AuditEvents.numbered(-1)));
        }
        assertThat(sink.lines()).hasSizeGreaterThan(4);
    }

    @Test
    void failed_writing_answers_false_until_it_works_again_and_loses_nothing() {
        RecordingSink sink = new RecordingSink();
        sink.failing = true;
        try (AuditLog log = new AuditLog(new PlainLines(sink), DEFAULTS, 1000, SOON)) {
            log.append(AuditEvents.numbered(1));
            await().until(() -> !log.append(AuditEvents.numbered(2)));
            sink.failing = false;
            await().until(() -> log.append(AuditEvents.numbered(3)));
        }
        assertThat(sink.lines()).startsWith(AuditJson.line(AuditEvents.numbered(1)));
        assertThat(sink.lines())
                .contains(AuditJson.line(AuditEvents.numbered(2)))
                .endsWith(AuditJson.line(AuditEvents.numbered(3)));
    }

    @Test
    void a_line_written_half_is_continued_where_it_stopped() {
        RecordingSink sink = new RecordingSink();
        sink.tornAfter = 20;
        try (AuditLog log = new AuditLog(new PlainLines(sink), DEFAULTS, 1000, SOON)) {
            log.append(AuditEvents.numbered(1));
            await().until(() -> !sink.lines().isEmpty());
        }
        assertThat(sink.lines()).containsExactly(AuditJson.line(AuditEvents.numbered(1)));
    }

    @Test
    void a_full_disk_is_noticed() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        try (AuditLog log = AuditLog.open(full, false)) {
            log.append(AuditEvents.numbered(1));
            await().until(() -> !log.append(AuditEvents.numbered(2)));
        }
    }

    @Test
    void a_closed_log_takes_nothing_more() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        AuditLog log = AuditLog.open(file, false);
        log.close();
        log.close();
        assertThat(log.append(AuditEvents.numbered(1))).isFalse();
        assertThat(events(file)).isEmpty();
    }

    /** Without what the writer adds of its own. */
    private static List<String> events(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("{\"event\":\"audit_opened\"")
                        && !line.startsWith("{\"event\":\"checkpoint\""))
                .toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
