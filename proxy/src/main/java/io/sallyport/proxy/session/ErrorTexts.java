package io.sallyport.proxy.session;

import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.NoticeResponse;
import org.jspecify.annotations.Nullable;

/** Errors and notices of our own in the client's encoding. */
final class ErrorTexts {
    private ErrorTexts() {}

    static ErrorResponse in(SessionSettings settings, ErrorResponse error) {
        return new ErrorResponse(
                error.severity(),
                error.sqlState(),
                settings.forClient(error.message()),
                text(settings, error.detail()),
                text(settings, error.hint()));
    }

    static NoticeResponse in(SessionSettings settings, NoticeResponse notice) {
        return new NoticeResponse(
                notice.severity(),
                settings.forClient(notice.message()),
                text(settings, notice.detail()),
                text(settings, notice.hint()));
    }

    private static @Nullable String text(SessionSettings settings, @Nullable String text) {
        return text == null ? null : settings.forClient(text);
    }
}
