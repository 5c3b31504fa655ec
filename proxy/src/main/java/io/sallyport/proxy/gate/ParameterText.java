package io.sallyport.proxy.gate;

import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The parameters of a Bind as an approver reads them; they go to no log. */
final class ParameterText {
    private static final int MOST_BYTES = 1_000;

    /** Built-in types that drivers name (pg_type.dat). */
    private static final Map<Integer, String> TYPES = Map.ofEntries(
            Map.entry(16, "boolean"),
            Map.entry(17, "bytea"),
            Map.entry(20, "bigint"),
            Map.entry(21, "smallint"),
            Map.entry(23, "integer"),
            Map.entry(25, "text"),
            Map.entry(114, "json"),
            Map.entry(700, "real"),
            Map.entry(701, "double precision"),
            Map.entry(1043, "varchar"),
            Map.entry(1082, "date"),
            Map.entry(1083, "time"),
            Map.entry(1114, "timestamp"),
            Map.entry(1184, "timestamptz"),
            Map.entry(1186, "interval"),
            Map.entry(1700, "numeric"),
            Map.entry(2950, "uuid"),
            Map.entry(3802, "jsonb"));

    private ParameterText() {}

    /** {@code $1 = 'abc', $2 = NULL, $3 = \x0000002a (binary)}; empty when there are none. */
    static String of(Frame bindFrame) {
        return of(bindFrame, List.of());
    }

    /** @param types as they were declared, by OID; what a value means hangs on them */
    static String of(Frame bindFrame, List<Integer> types) {
        FrontendMessage.Bind bind = FrontendMessage.Bind.of(bindFrame);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < bind.parameters().size(); i++) {
            values.add("$" + (i + 1) + " = "
                    + value(bind.parameters().get(i), bind.binary().get(i))
                    + (i < types.size() && types.get(i) != 0 ? " as " + type(types.get(i)) : ""));
        }
        return String.join(", ", values);
    }

    private static String type(int oid) {
        return TYPES.getOrDefault(oid, "the type with OID " + Integer.toUnsignedString(oid));
    }

    private static String value(byte @org.jspecify.annotations.Nullable [] value, boolean binary) {
        if (value == null) {
            return "NULL";
        }
        int shown = Math.min(value.length, MOST_BYTES);
        String cut = shown < value.length ? " … (" + value.length + " bytes)" : "";
        if (!binary) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(value, 0, shown))
                        .toString();
                return "'" + text.replace("'", "''") + "'" + cut;
            } catch (CharacterCodingException notUtf8) {
                // A cut inside a character, or another encoding: shown as bytes.
            }
        }
        return "\\x" + HexFormat.of().formatHex(value, 0, shown) + (binary ? " (binary)" : "") + cut;
    }
}
