package io.sallyport.proxy.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void the_part_is_underlined_where_it_stands() {
        assertThat(excerpt("WITH x AS (\n\tDELETE FROM é) SELECT 1", "DELETE FROM é"))
                .containsExactly("  8 | WITH x AS (", "  9 | \tDELETE FROM é) SELECT 1", "    | \t^^^^^^^^^^^^^");
    }

    @Test
    void lines_between_the_beginning_and_the_part_are_left_out() {
        assertThat(excerpt("WITH x AS (\n1,\n2,\nDELETE) SELECT 1", "DELETE"))
                .containsExactly("   8 | WITH x AS (", "     | …", "  11 | DELETE) SELECT 1", "     | ^^^^^^");
    }

    @Test
    void a_part_of_many_lines_is_cut_after_four() {
        assertThat(excerpt("a\r\nb\r\nc\nd\ne\nf", "a\r\nb\r\nc\nd\ne\nf"))
                .containsExactly(
                        "   8 | a",
                        "     | ^",
                        "   9 | b",
                        "     | ^",
                        "  10 | c",
                        "     | ^",
                        "  11 | d",
                        "     | ^",
                        "     | …");
    }

    @Test
    void a_part_far_to_the_right_is_shown_with_a_little_before_it() {
        assertThat(excerpt("x".repeat(200) + "DELETE" + "y".repeat(200), "DELETE"))
                .containsExactly(
                        "  8 | …" + "x".repeat(20) + "DELETE" + "y".repeat(84) + "…",
                        "    | " + " ".repeat(21) + "^^^^^^");
    }

    @Test
    void what_would_steer_a_terminal_is_made_visible() {
        assertThat(excerpt("DROP \u001b[2J\u202etable", "DROP")).first().isEqualTo("  8 | DROP \ufffd[2J\ufffdtable");
    }

    private static List<String> excerpt(String text, String part) {
        int start = text.substring(0, text.indexOf(part)).getBytes(StandardCharsets.UTF_8).length;
        int end = start + part.getBytes(StandardCharsets.UTF_8).length;
        return Excerpt.of(text.getBytes(StandardCharsets.UTF_8), 0, 8, start, end, Palette.PLAIN);
    }
}
