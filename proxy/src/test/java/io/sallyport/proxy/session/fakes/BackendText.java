package io.sallyport.proxy.session.fakes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A server's messages as lines: {@code Z T}, {@code C DELETE 3}, {@code E 42501 message}, {@code D a|b}. */
final class BackendText {
    private BackendText() {}

    static List<String> of(byte[] stream) {
        List<String> lines = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(stream);
        while (in.hasRemaining()) {
            char tag = (char) in.get();
            byte[] body = new byte[in.getInt() - 4];
            in.get(body);
            lines.add(line(tag, ByteBuffer.wrap(body)));
        }
        return lines;
    }

    private static String line(char tag, ByteBuffer body) {
        return switch (tag) {
            case 'Z' -> "Z " + (char) body.get();
            case 'E' -> "E " + field(body.duplicate(), 'C') + " " + field(body, 'M');
            case 'N' -> "N " + field(body, 'M');
            case 'C' -> "C " + string(body);
            case 'S' -> "S " + string(body) + "=" + string(body);
            case 'D' -> "D " + row(body);
            default -> String.valueOf(tag);
        };
    }

    private static String field(ByteBuffer body, char wanted) {
        for (int code = body.get(); code != 0; code = body.get()) {
            String value = string(body);
            if (code == wanted) {
                return value;
            }
        }
        return "";
    }

    private static String row(ByteBuffer body) {
        List<String> values = new ArrayList<>();
        for (int count = body.getShort(); count > 0; count--) {
            int length = body.getInt();
            byte[] value = new byte[Math.max(0, length)];
            body.get(value);
            values.add(length < 0 ? "NULL" : new String(value, StandardCharsets.UTF_8));
        }
        return String.join("|", values);
    }

    static String string(ByteBuffer body) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte b = body.get(); b != 0; b = body.get()) {
            text.write(b);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
