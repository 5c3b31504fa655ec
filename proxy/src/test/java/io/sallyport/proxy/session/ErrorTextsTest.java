package io.sallyport.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.NoticeResponse;
import org.junit.jupiter.api.Test;

/** psql prints errors and notices as they come. */
class ErrorTextsTest {
    private static final SessionSettings UTF8 = new SessionSettings("psql", "");

    @Test
    void what_others_wrote_steers_no_terminal_and_keeps_its_lines() {
        String written = "no\u001b]52;c;cm0gLXJm\u0007 \u009b2J \u202egnp \u200b\ud800\u2028 \n\t…";
        String plain = "no?]52;c;cm0gLXJm? ?2J ?gnp ??? \n\t…";
        ErrorResponse error = ErrorTexts.in(UTF8, new ErrorResponse("ERROR", "42501", written, written, null));
        assertThat(error.message()).isEqualTo(plain);
        assertThat(error.detail()).isEqualTo(plain);
        assertThat(error.hint()).isNull();
        assertThat(ErrorTexts.in(UTF8, NoticeResponse.notice(written, null, written))
                        .hint())
                .isEqualTo(plain);
    }
}
