package io.sallyport.policies.sql;

import static io.sallyport.policies.sql.Characters.lower;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Names as the server stores them: folded when unquoted, unescaped when quoted, cut at 63 bytes. */
final class Identifiers {
    /** NAMEDATALEN - 1. */
    private static final int LONGEST = 63;

    private Identifiers() {}

    static String folded(byte[] text, int start, int end) {
        byte[] bytes = new byte[end - start];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) lower(text[start + i]);
        }
        return truncated(bytes);
    }

    /** The name in {@code "…"}; {@code content} is the first byte behind the opening quote. */
    static String quoted(byte[] text, int content) {
        return truncated(undoubled(text, content, '"'));
    }

    static String unicode(byte[] text, int content, char escape) {
        String raw = new String(undoubled(text, content, '"'), StandardCharsets.UTF_8);
        return truncated(UnicodeEscapes.decode(raw, escape).getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes up to the closing quote, doubled quotes made one. */
    static byte[] undoubled(byte[] text, int content, char quote) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = content; i < text.length; i++) {
            if (text[i] == quote) {
                i++;
                if (i >= text.length || text[i] != quote) {
                    break;
                }
            }
            out.write(text[i]);
        }
        return out.toByteArray();
    }

    /** Cut as truncate_identifier does, never inside a UTF-8 character. */
    private static String truncated(byte[] name) {
        int length = name.length;
        if (length > LONGEST) {
            length = LONGEST;
            while (length > 0 && (name[length] & 0xc0) == 0x80) {
                length--;
            }
        }
        return new String(name, 0, length, StandardCharsets.UTF_8);
    }
}
