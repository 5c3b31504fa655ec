package io.sallyport.proxy.batch;

import io.sallyport.protocol.frontend.FunctionCall;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A FunctionCall as the SELECT that does the same, for the rules and for people. Known are the large-object functions, whose numbers are the
 * same in every server (pg_proc.dat) and which libpq and drivers call in this way and no other; what another number means, only the server knows.
 */
final class FunctionCallText {
    private static final Map<Long, String> FUNCTIONS = Map.ofEntries(
            Map.entry(715L, "lo_create"),
            Map.entry(764L, "lo_import"),
            Map.entry(765L, "lo_export"),
            Map.entry(767L, "lo_import"),
            Map.entry(952L, "lo_open"),
            Map.entry(953L, "lo_close"),
            Map.entry(954L, "loread"),
            Map.entry(955L, "lowrite"),
            Map.entry(956L, "lo_lseek"),
            Map.entry(957L, "lo_creat"),
            Map.entry(958L, "lo_tell"),
            Map.entry(964L, "lo_unlink"),
            Map.entry(1004L, "lo_truncate"),
            Map.entry(3170L, "lo_lseek64"),
            Map.entry(3171L, "lo_tell64"),
            Map.entry(3172L, "lo_truncate64"));

    /** Numbers are shown; data is not, so that a file written in pieces is one text and not thousands. */
    private static final int LONGEST_SHOWN = 8;

    private FunctionCallText() {}

    /** Null when the number is none of the known. */
    static @Nullable String of(FunctionCall call) {
        String name = FUNCTIONS.get(call.function());
        return name == null
                ? null
                : call.arguments().stream()
                        .map(FunctionCallText::argument)
                        .collect(Collectors.joining(", ", "SELECT pg_catalog." + name + "(", ")"));
    }

    private static String argument(byte @Nullable [] value) {
        if (value == null) {
            return "NULL";
        }
        return value.length <= LONGEST_SHOWN ? "X'" + HexFormat.of().formatHex(value) + "'" : "/* data */ NULL";
    }
}
