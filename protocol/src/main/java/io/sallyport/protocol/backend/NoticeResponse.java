package io.sallyport.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.SqlState;
import org.jspecify.annotations.Nullable;

/** A notice or warning of Sallyport's own; clients may get one at any time (manual, "Asynchronous Operations"). */
public record NoticeResponse(
        String severity,
        String message,
        @Nullable String detail,
        @Nullable String hint) {
    public static NoticeResponse notice(String message, @Nullable String detail, @Nullable String hint) {
        return new NoticeResponse("NOTICE", message, detail, hint);
    }

    public ByteBuf write(ByteBuf out) {
        ErrorResponse fields = new ErrorResponse(severity, SqlState.SUCCESSFUL_COMPLETION, message, detail, hint);
        return ErrorResponse.ResponseFields.write(out, 'N', fields);
    }
}
