package io.sallyport.policies.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text from a file's bytes; a byte that cannot stand in UTF-8 is a problem with its place. */
public final class Utf8 {
    private Utf8() {}

    public static @Nullable String decode(byte[] content, String file, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(content);
        CharBuffer out = CharBuffer.allocate(content.length);
        CoderResult result = decoder.decode(in, out, true);
        if (!result.isError()) {
            return out.flip().toString();
        }
        String before = out.flip().toString();
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        problems.add(
                new Position(file, line, column),
                "not UTF-8 text: found the byte 0x%02X; save the file as UTF-8"
                        .formatted(content[in.position()] & 0xFF));
        return null;
    }
}
