package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.console.Spans;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.hold.Resolution;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words of a delay, as the requester reads them. */
final class DelayTexts {
    private static final String NOTHING = "Nothing of it was sent to the server.";

    private DelayTexts() {}

    static NoticeResponse begun(Delay delay) {
        String detail = Stream.concat(
                        delay.ruling().work().summaries().stream(),
                        Stream.ofNullable(delay.verdict().message()))
                .collect(Collectors.joining("\n"));
        return NoticeResponse.notice(
                "Sallyport: runs in " + Spans.text(delay.span()) + " by rule \""
                        + delay.verdict().rule() + "\"; cancel (Ctrl-C) withdraws it",
                detail.isEmpty() ? null : detail,
                null);
    }

    static NoticeResponse countdown(Duration left) {
        return NoticeResponse.notice("Sallyport: runs in " + Spans.text(left), null, null);
    }

    static Denial cannotWait() {
        return new Denial(
                SqlState.INTERNAL_ERROR,
                "this statement would run after a delay, and Sallyport cannot let it wait now",
                "Too many statements wait already, or too large ones, or the audit cannot be written.",
                "Nothing was sent to the server.",
                "fault");
    }

    static Denial withdrawn() {
        return Denial.cancelled("It waited by a rule of Sallyport and was withdrawn. " + NOTHING);
    }

    /** @param resolution null where the time was up, and the text may read otherwise by now */
    static Denial ended(Delay delay, @Nullable Resolution resolution) {
        if (resolution == null) {
            return new Denial(
                    SqlState.QUERY_CANCELED,
                    "the wait is over, but the session's settings changed meanwhile and the text may read otherwise",
                    "Rule \"" + delay.verdict().rule() + "\"",
                    NOTHING + " Run it again.",
                    delay.verdict().rule());
        }
        return withdrawn();
    }
}
