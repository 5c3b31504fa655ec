package io.sallyport.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TranscriptTest {
    private final StringWriter seen = new StringWriter();
    private final Transcript transcript = new Transcript(new PrintWriter(seen));

    @Test
    void time_stands_once_and_the_name_on_every_line() {
        transcript.line("alice", "ERROR:  no\nHINT:  ask bob");

        List<String> lines = seen.toString().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  alice    ERROR:  no");
        assertThat(lines.get(1)).isEqualTo("              alice    HINT:  ask bob");
    }

    @Test
    void wide_line_is_broken_between_words_and_loses_none() {
        String wide = "word ".repeat(60).strip();

        transcript.line("bob", wide);

        assertThat(seen.toString().lines()).hasSizeGreaterThan(2).allMatch(line -> line.length() <= 23 + 116);
        assertThat(seen.toString().split("word", -1)).hasSize(61);
    }

    @Test
    void word_that_is_wider_than_a_line_stays_whole() {
        transcript.line("bob", "x".repeat(300));

        assertThat(seen.toString()).contains("x".repeat(300));
    }
}
