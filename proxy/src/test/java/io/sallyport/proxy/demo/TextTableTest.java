package io.sallyport.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void narrow_rows_stand_in_columns() {
        Answer.Rows rows =
                new Answer.Rows(List.of("code", "who"), List.of(List.of("K7Q4-F2MD", "alice"), List.of("x", "")));

        assertThat(TextTable.render(rows)).isEqualTo("""
                         code      | who
                        -----------+-------
                         K7Q4-F2MD | alice
                         x         |
                        (2 rows)""".stripIndent());
    }

    @Test
    void wide_rows_lie_record_by_record_and_keep_their_lines() {
        Answer.Rows rows =
                new Answer.Rows(List.of("code", "statement"), List.of(List.of("K7Q4-F2MD", "a".repeat(120) + "\nb")));

        assertThat(TextTable.render(rows).lines())
                .containsExactly(
                        "-[ record 1 ]",
                        "code      | K7Q4-F2MD",
                        "statement | " + "a".repeat(120),
                        "          | b",
                        "(1 row)");
    }
}
