package io.sallyport.proxy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.batch.Batches;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import org.junit.jupiter.api.Test;

class ParameterTextTest {
    @Test
    void text_is_quoted_so_that_it_cannot_pretend_to_be_another_value() {
        assertThat(text(Frontend.bind("", "", "a', $2 = 'b", ""))).isEqualTo("$1 = 'a'', $2 = ''b', $2 = ''");
    }

    @Test
    void null_and_binary_are_told_apart_from_text() {
        byte[] bind = new Body()
                .string("")
                .string("")
                .int16(1)
                .int16(1)
                .int16(2)
                .int32(-1)
                .int32(2)
                .int16(42)
                .int16(0)
                .message('B');
        assertThat(text(bind)).isEqualTo("$1 = NULL, $2 = \\x002a (binary)");
    }

    @Test
    void what_is_no_utf8_is_shown_as_bytes() {
        byte[] bind = new Body()
                .string("")
                .string("")
                .int16(0)
                .int16(1)
                .int32(2)
                .int16(0xe420)
                .int16(0)
                .message('B');
        assertThat(text(bind)).isEqualTo("$1 = \\xe420");
    }

    @Test
    void long_values_are_cut_and_their_length_is_told() {
        assertThat(text(Frontend.bind("", "", "x".repeat(5_000))))
                .endsWith("' … (5000 bytes)")
                .hasSizeLessThan(1_100);
    }

    @Test
    void without_parameters_there_is_nothing_to_show() {
        assertThat(text(Frontend.bind("", ""))).isEmpty();
    }

    private static String text(byte[] bind) {
        return ParameterText.of(Batches.frame(bind));
    }
}
