package io.sallyport.proxy.gate;

import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The parameters of a Bind as an approver reads them; they go to no log. */
final class ParameterText {
    private static final int MOST_BYTES = 1_000;

    private ParameterText() {}

    /** {@code $1 = 'abc', $2 = NULL, $3 = \x0000002a (binary)}; empty when there are none. */
    static String of(Frame bindFrame) {
        FrontendMessage.Bind bind = FrontendMessage.Bind.of(bindFrame);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < bind.parameters().size(); i++) {
            values.add("$" + (i + 1) + " = "
                    + value(bind.parameters().get(i), bind.binary().get(i)));
        }
        return String.join(", ", values);
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
