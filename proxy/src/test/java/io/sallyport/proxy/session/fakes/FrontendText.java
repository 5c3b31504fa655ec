package io.sallyport.proxy.session.fakes;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's messages as lines: {@code Q SELECT 1}, {@code P s1 SELECT 1}, {@code B portal s1}, {@code E portal}; an
 * Execute of a portal that cannot exist is {@code E (refused)}.
 */
final class FrontendText {
    private FrontendText() {}

    static List<String> of(byte[] stream) {
        List<String> lines = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(stream);
        while (in.hasRemaining()) {
            char tag = (char) in.get();
            byte[] body = new byte[in.getInt() - 4];
            in.get(body);
            lines.add(line(tag, ByteBuffer.wrap(body)).strip());
        }
        return lines;
    }

    private static String line(char tag, ByteBuffer body) {
        return switch (tag) {
            case 'Q', 'f', 'p' -> tag + " " + BackendText.string(body);
            case 'P', 'B' -> tag + " " + BackendText.string(body) + " " + BackendText.string(body);
            case 'C', 'D' -> tag + " " + (char) body.get() + " " + BackendText.string(body);
            case 'E' -> {
                String portal = BackendText.string(body);
                yield "E " + (portal.startsWith("sallyport_refused_") ? "(refused)" : portal);
            }
            case 'd' -> "d " + body.remaining();
            default -> String.valueOf(tag);
        };
    }
}
