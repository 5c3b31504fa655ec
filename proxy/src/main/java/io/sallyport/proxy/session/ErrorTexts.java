package io.sallyport.proxy.session;

import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.NoticeResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Errors and notices of our own in the client's encoding. */
final class ErrorTexts {
    private static final Pattern STEERS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029&&[^\\n\\t]]");

    private ErrorTexts() {}

    static ErrorResponse in(SessionSettings settings, ErrorResponse error) {
        return new ErrorResponse(
                error.severity(),
                error.sqlState(),
                plain(settings, error.message()),
                text(settings, error.detail()),
                text(settings, error.hint()));
    }

    static NoticeResponse in(SessionSettings settings, NoticeResponse notice) {
        return new NoticeResponse(
                notice.severity(),
                plain(settings, notice.message()),
                text(settings, notice.detail()),
                text(settings, notice.hint()));
    }

    private static @Nullable String text(SessionSettings settings, @Nullable String text) {
        return text == null ? null : plain(settings, text);
    }

    /** Others' words are in it, and psql prints errors and notices as they come: nothing in them steers a terminal or reorders a line. */
    private static String plain(SessionSettings settings, String text) {
        return settings.forClient(STEERS.matcher(text).replaceAll("?"));
    }
}
