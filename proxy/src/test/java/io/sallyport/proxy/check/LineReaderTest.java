package io.sallyport.proxy.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Test
    void lines_are_numbered_and_a_last_line_feed_begins_none() throws IOException {
        assertThat(lines("a\n\nbc\n", 100)).containsExactly("1:a", "2:", "3:bc");
        assertThat(lines("a\nb", 100)).containsExactly("1:a", "2:b");
        assertThat(lines("\n", 100)).containsExactly("1:");
        assertThat(lines("", 100)).isEmpty();
    }

    @Test
    void lines_longer_than_the_buffer_come_whole() throws IOException {
        String line = "x".repeat(300_000);
        assertThat(lines(line + "\n" + line + "\ny", 1 << 20)).containsExactly("1:" + line, "2:" + line, "3:y");
    }

    @Test
    void a_line_beyond_the_limit_is_said_to_be_and_those_after_it_are_read() throws IOException {
        assertThat(lines("a\n" + "x".repeat(700_000) + "\nb\n" + "y".repeat(200_000), 100_000))
                .containsExactly("1:a", "2 too long", "3:b", "4 too long");
    }

    @Test
    void it_is_drained_when_reading_on_may_have_to_wait() throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream("a\nb\n".getBytes(StandardCharsets.US_ASCII)), 10);
        assertThat(reader.next()).isTrue();
        assertThat(reader.isDrained()).isFalse();
        assertThat(reader.next()).isTrue();
        assertThat(reader.isDrained()).isTrue();
    }

    private static List<String> lines(String text, int longest) throws IOException {
        List<String> lines = new ArrayList<>();
        try (InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            LineReader reader = new LineReader(in, longest);
            while (reader.next()) {
                String line = new String(reader.buffer(), reader.offset(), reader.length(), StandardCharsets.UTF_8);
                lines.add(reader.number() + (reader.isTooLong() ? " too long" : ":" + line));
            }
        }
        return lines;
    }
}
