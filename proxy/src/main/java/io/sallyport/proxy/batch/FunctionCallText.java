package io.sallyport.proxy.batch;

import io.sallyport.protocol.frontend.FunctionCall;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A FunctionCall as the SELECT that does the same, for the rules and for people: libpq and drivers reach large objects in this way and no
 * other. What a number means that is none of {@link BuiltInFunctions}, only the server knows.
 */
final class FunctionCallText {
    /** Its data is not shown, so that a file written in pieces is one text and not thousands. */
    private static final String WRITES_DATA = "lowrite";

    private static final int LONGEST_NUMBER = 8;

    private FunctionCallText() {}

    /** Null when the number is none of PostgreSQL's own functions. */
    static @Nullable String of(FunctionCall call) {
        String name = BuiltInFunctions.name(call.function());
        return name == null
                ? null
                : call.arguments().stream()
                        .map(value -> argument(value, name.equals(WRITES_DATA)))
                        .collect(Collectors.joining(", ", "SELECT pg_catalog." + name + "(", ")"));
    }

    private static String argument(byte @Nullable [] value, boolean hidden) {
        if (value == null) {
            return "NULL";
        } else if (hidden && value.length > LONGEST_NUMBER) {
            return "/* data */ NULL";
        }
        return plain(value)
                ? "'" + new String(value, StandardCharsets.US_ASCII) + "'"
                : "X'" + HexFormat.of().formatHex(value) + "'";
    }

    /** Whether it reads as a literal whatever the session's settings are. */
    private static boolean plain(byte[] value) {
        for (byte b : value) {
            if (b < ' ' || b == 0x7f || b == '\'' || b == '\\') {
                return false;
            }
        }
        return true;
    }
}
