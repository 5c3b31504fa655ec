package io.sallyport.proxy.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.audit.chain.ChainHead;
import io.sallyport.proxy.audit.chain.ChainLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is done to a single line of ten thousand is found, and named where it was done. */
class EverySingleLineTest {
    private static final int LINES = 10_000;

    private static SampleLog log;
    private static List<LogLine> whole;
    private final Random random = new Random(20261127);

    @BeforeAll
    static void write() {
        log = SampleLog.of(LINES);
        whole = log.lines();
    }

    @Test
    void an_untouched_log_is_intact() {
        Report report = verify(whole);
        assertThat(report.findings()).isEmpty();
        assertThat(report.lines()).isEqualTo(LINES);
        assertThat(report.proven()).isEqualTo(10);
        assertThat(report.uncovered()).isZero();
    }

    /** On all processors: each edit makes another log of ten thousand lines. */
    private static void each(int from, int to, IntConsumer edit) {
        IntStream.range(from, to).parallel().forEach(edit);
    }

    @Test
    void an_edited_byte_is_found() {
        each(0, LINES, i -> {
            Random random = new Random(20261127L + i);
            byte[] bytes = whole.get(i).bytes().clone();
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) (bytes[at] ^ (1 << random.nextInt(3)));
            bytes[at] = bytes[at] == '\n' ? (byte) '?' : bytes[at];
            expect(with(i, SampleLog.line(bytes)), Finding.Kind.EDITED, i);
        });
    }

    @Test
    void an_edited_line_with_a_new_hash_is_found() {
        each(0, LINES, i -> {
            ChainLine link = SampleLog.link(whole.get(i));
            String text = new String(whole.get(i).bytes(), StandardCharsets.UTF_8);
            String json = text.substring(0, text.indexOf(",\"seq\":")) + ",\"edited\":true}";
            byte[] edited = ChainLine.seal(json, new ChainHead(link.seq() - 1, link.prev()));
            expect(with(i, SampleLog.line(edited)), Finding.Kind.EDITED, i);
        });
    }

    @Test
    void a_removed_line_is_found() {
        each(0, LINES - 1, i -> {
            List<LogLine> lines = new ArrayList<>(whole);
            lines.remove(i);
            expect(lines, Finding.Kind.REMOVED, i);
        });
        expect(whole.subList(0, LINES - 1), Finding.Kind.CUT, LINES - 2);
    }

    @Test
    void a_repeated_line_is_found() {
        each(0, LINES, i -> {
            List<LogLine> lines = new ArrayList<>(whole);
            lines.add(i, whole.get(i));
            expect(lines, i == 0 ? Finding.Kind.NEW_CHAIN : Finding.Kind.INSERTED, i + 1);
        });
    }

    @Test
    void a_foreign_line_is_found() {
        LogLine foreign = SampleLog.line("{\"event\":\"decided\",\"decision\":\"allow\"}");
        each(1, LINES, i -> {
            List<LogLine> lines = new ArrayList<>(whole);
            lines.add(i, foreign);
            expect(lines, Finding.Kind.INSERTED, i);
        });
    }

    @Test
    void lines_that_changed_places_are_found() {
        each(1, LINES - 1, i -> {
            List<LogLine> lines = new ArrayList<>(whole);
            Collections.swap(lines, i, i + 1);
            expect(lines, Finding.Kind.MOVED, i);
        });
        for (int i = 1; i < LINES; i += 97) {
            int other = 1 + random.nextInt(LINES - 1);
            List<LogLine> lines = new ArrayList<>(whole);
            Collections.swap(lines, i, other);
            if (i != other) {
                expect(lines, Finding.Kind.MOVED, Math.min(i, other));
            }
        }
    }

    @Test
    void a_log_that_was_cut_is_found_by_a_copy_of_its_checkpoint() {
        for (int length = 1; length < LINES; length += 37) {
            expect(whole.subList(0, length), Finding.Kind.CUT, length - 1);
        }
    }

    private static List<LogLine> with(int i, LogLine line) {
        List<LogLine> lines = new ArrayList<>(whole);
        lines.set(i, line);
        return lines;
    }

    private static void expect(List<LogLine> lines, Finding.Kind kind, int index) {
        // Keys are for the checkpoints' own test; here they would only cost time.
        Report report = SampleLog.verify(lines, new Checkpoints(List.of(), List.of(log.lastCheckpoint())));
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.place()).isEqualTo(new Place("audit.jsonl", index + 1L));
            assertThat(finding.kind()).as("line %d: %s", index + 1, finding).isEqualTo(kind);
        });
    }

    private static Report verify(List<LogLine> lines) {
        return SampleLog.verify(
                lines, new Checkpoints(List.of(SampleLog.KEY.verifying()), List.of(log.lastCheckpoint())));
    }
}
