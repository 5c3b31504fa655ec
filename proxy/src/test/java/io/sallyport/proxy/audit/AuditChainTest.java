package io.sallyport.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.audit.verify.Finding;
import io.sallyport.proxy.audit.verify.Report;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chain goes on, whatever becomes of processes and files. */
@Timeout(30)
class AuditChainTest {
    @TempDir
    private Path folder;

    private ChainedFiles log;
    private Path file;

    @BeforeEach
    void name() {
        log = new ChainedFiles(folder);
        file = log.file;
    }

    @Test
    void a_restart_goes_on_with_the_chain() throws Exception {
        log.write(0, 250);
        log.write(250, 260);
        Report report = log.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.uncovered()).isZero();
        // Two openings, and checkpoints after a hundred lines and at each end.
        assertThat(report.lines()).isEqualTo(260 + 2 + report.checkpoints());
        assertThat(report.lastNumber()).isEqualTo(report.lines());
    }

    @Test
    void half_a_line_of_a_killed_process_is_named_by_the_next() throws Exception {
        log.write(0, 10);
        String whole = Files.readString(file);
        Files.writeString(file, "{\"event\":\"decided\",\"at\":\"2026-1", StandardOpenOption.APPEND);
        assertThat(log.verify().halfLineAtEnd()).isTrue();
        assertThat(log.verify().findings()).isEmpty();
        log.write(10, 20);
        String text = Files.readString(file);
        assertThat(log.verify().findings()).isEmpty();
        assertThat(log.verify().torn()).isEqualTo(1);
        Files.writeString(file, text.replace("2026-1\n", "2026-2\n"));
        assertThat(log.wrong()).isEqualTo(Finding.Kind.EDITED);
        Files.writeString(file, whole + text.substring(text.indexOf('\n', whole.length()) + 1));
        assertThat(log.wrong()).isEqualTo(Finding.Kind.REMOVED);
    }

    @Test
    void a_process_killed_again_and_again_leaves_a_chain() throws Exception {
        log.write(0, 10);
        Files.writeString(file, "{\"event\":\"dec\n{\"event\":\"audit_op", StandardOpenOption.APPEND);
        log.write(10, 20);
        assertThat(log.verify().findings()).isEmpty();
        Files.writeString(file, "{", StandardOpenOption.APPEND);
        log.write(20, 30);
        assertThat(log.verify().findings()).isEmpty();
    }

    @Test
    void a_log_that_begins_with_half_a_line_begins_a_chain() throws Exception {
        Files.writeString(file, "{\"event\":\"audit_opened\",\"at");
        log.write(0, 10);
        assertThat(log.verify().findings()).isEmpty();
    }

    @Test
    void lines_from_before_the_chain_are_told_apart() throws Exception {
        Files.writeString(file, "{\"event\":\"old\"}\n{\"event\":\"older\"}\n{\"event\":\"to");
        log.write(0, 10);
        Report report = log.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.unchained()).isEqualTo(3);
        Files.writeString(file, "{\"event\":\"slipped in\"}\n" + Files.readString(file));
        assertThat(log.wrong()).isEqualTo(Finding.Kind.EDITED);
    }

    @Test
    void a_file_that_was_moved_away_is_followed_by_one_that_goes_on() throws Exception {
        try (AuditLog writing = AuditLog.open(log.settings())) {
            ChainedFiles.append(writing, 0, 10);
            await().until(() -> Files.readString(file).contains("\"s-9\""));
            Files.move(file, folder.resolve("audit.jsonl.1"));
            ChainedFiles.append(writing, 10, 20);
        }
        assertThat(file).content().startsWith("{\"event\":\"audit_opened\"").contains("\"reason\":\"moved\"");
        Files.move(file, folder.resolve("audit.jsonl.2"));
        log.write(20, 30);
        Report report = log.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.firstNumber()).isEqualTo(1);
        assertThat(report.files())
                .extracting(name -> name.substring(name.length() - 2))
                .containsExactly(".1", ".2", "nl");
        Files.delete(folder.resolve("audit.jsonl.2"));
        assertThat(log.wrong()).isEqualTo(Finding.Kind.REMOVED);
    }

    @Test
    void a_file_that_was_copied_and_emptied_goes_on() throws Exception {
        try (AuditLog writing = AuditLog.open(log.settings())) {
            ChainedFiles.append(writing, 0, 10);
            await().until(() -> Files.readString(file).contains("\"s-9\""));
            Files.copy(file, folder.resolve("audit.jsonl.1"));
            try (RandomAccessFile emptied = new RandomAccessFile(file.toFile(), "rw")) {
                emptied.setLength(0);
            }
            ChainedFiles.append(writing, 10, 20);
        }
        assertThat(file).content().contains("\"reason\":\"truncated\"");
        assertThat(log.verify().findings()).isEmpty();
    }

    @Test
    void a_log_that_was_cut_while_the_proxy_stood_still_tells_of_it() throws Exception {
        log.write(0, 50);
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 40));
        assertThat(log.wrong()).isEqualTo(Finding.Kind.CUT);
        log.write(50, 60);
        assertThat(log.verify().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.CUT);
            assertThat(finding.what()).contains("12 lines");
        });
        assertThat(log.verify().lastNumber()).isEqualTo(40 + 1 + 10 + 1);
    }

    @Test
    void a_second_writer_is_refused() throws Exception {
        try (AuditLog writing = AuditLog.open(log.settings())) {
            assertThatThrownBy(() -> AuditLog.open(log.settings()).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process writes it");
            ChainedFiles.append(writing, 0, 10);
        }
        assertThat(log.verify().findings()).isEmpty();
    }

    @Test
    void one_changed_byte_on_the_disk_is_found() throws Exception {
        log.write(0, 50);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 61) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertThat(log.verify().findings()).as("byte %d", at).isNotEmpty();
        }
    }
}
