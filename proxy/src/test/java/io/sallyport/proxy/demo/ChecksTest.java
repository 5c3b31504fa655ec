package io.sallyport.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ChecksTest {
    private final StringWriter seen = new StringWriter();
    private final Checks checks = new Checks(new Transcript(new PrintWriter(seen)));

    @Test
    void met_step_is_counted_and_ticked() throws Exception {
        checks.must(true, "the rows are there", "unused");

        assertThat(checks.met()).isEqualTo(1);
        assertThat(seen.toString()).contains("✓").contains("the rows are there");
    }

    @Test
    void unmet_step_says_what_was_expected_and_what_was_seen() {
        assertThatThrownBy(() -> checks.must(false, "200,000 rows", "188,000 rows"))
                .isInstanceOf(Checks.Unmet.class)
                .hasMessage("expected: 200,000 rows\nseen:     188,000 rows");
        assertThat(checks.met()).isZero();
    }
}
