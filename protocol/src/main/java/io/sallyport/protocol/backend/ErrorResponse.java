package io.sallyport.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frame.WireWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An error with the fields that Sallyport writes or reads (manual, "Error and Notice Message Fields"): S and V
 * severity, C SQLSTATE, M message, D detail, H hint.
 */
public record ErrorResponse(
        String severity,
        String sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint) {

    public static ErrorResponse error(String sqlState, String message) {
        return new ErrorResponse("ERROR", sqlState, message, null, null);
    }

    public static ErrorResponse fatal(String sqlState, String message) {
        return new ErrorResponse("FATAL", sqlState, message, null, null);
    }

    public ErrorResponse withDetail(@Nullable String text) {
        return new ErrorResponse(severity, sqlState, message, text, hint);
    }

    public ErrorResponse withHint(@Nullable String text) {
        return new ErrorResponse(severity, sqlState, message, detail, text);
    }

    /** Whether the server ends the session with it. */
    public boolean isFatal() {
        return severity.equals("FATAL") || severity.equals("PANIC");
    }

    public ByteBuf write(ByteBuf out) {
        return ResponseFields.write(out, 'E', this);
    }

    public static ErrorResponse read(byte[] body) {
        return read(new WireReader(Unpooled.wrappedBuffer(body), 0, body.length));
    }

    /** Reads what is there; a missing field is the empty string. */
    public static ErrorResponse read(WireReader body) {
        String severity = "";
        String sqlState = "";
        String message = "";
        while (body.remaining() > 0) {
            byte field = body.int8();
            if (field == 0) {
                break;
            }
            String value = new String(body.cstringBytes(), StandardCharsets.UTF_8);
            switch (field) {
                // S is translated, V (9.6 and later) is not.
                case 'S' -> severity = severity.isEmpty() ? value : severity;
                case 'V' -> severity = value;
                case 'C' -> sqlState = value;
                case 'M' -> message = value;
                default -> {}
            }
        }
        return new ErrorResponse(severity, sqlState, message, null, null);
    }

    /** The layout that errors and notices share. */
    static final class ResponseFields {
        private ResponseFields() {}

        static ByteBuf write(ByteBuf out, char tag, ErrorResponse fields) {
            WireWriter writer = new WireWriter(out, tag)
                    .int8('S')
                    .cstring(fields.severity)
                    .int8('V')
                    .cstring(fields.severity)
                    .int8('C')
                    .cstring(fields.sqlState)
                    .int8('M')
                    .cstring(fields.message);
            if (fields.detail != null) {
                writer.int8('D').cstring(fields.detail);
            }
            if (fields.hint != null) {
                writer.int8('H').cstring(fields.hint);
            }
            return writer.int8(0).end();
        }
    }
}
