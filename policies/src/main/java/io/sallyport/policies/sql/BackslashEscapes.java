package io.sallyport.policies.sql;

import static io.sallyport.policies.sql.Characters.at;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The escapes of E'…' (manual, 4.1.2.2). */
final class BackslashEscapes {
    private BackslashEscapes() {}

    /** Writes what the escape at {@code i}, behind its backslash, stands for, and returns the first byte behind it. */
    static int decode(byte[] text, int i, ByteArrayOutputStream out) {
        int c = at(text, i);
        switch (c) {
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'v' -> out.write(0x0b);
            case 'x' -> {
                return number(text, i, i + 1, 2, 16, false, out);
            }
            case 'u' -> {
                return number(text, i, i + 1, 4, 16, true, out);
            }
            case 'U' -> {
                return number(text, i, i + 1, 8, 16, true, out);
            }
            default -> {
                if (c >= '0' && c <= '7') {
                    return number(text, i, i, 3, 8, false, out);
                }
                out.write(c);
            }
        }
        return i + 1;
    }

    private static int number(
            byte[] text, int letter, int from, int longest, int radix, boolean codePoint, ByteArrayOutputStream out) {
        int value = 0;
        int at = from;
        while (at - from < longest && digit(at(text, at), radix) >= 0) {
            value = value * radix + digit(at(text, at), radix);
            at++;
        }
        if (at == from) {
            out.write(at(text, letter));
        } else if (codePoint && Character.isValidCodePoint(value)) {
            out.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
        } else {
            out.write(value);
        }
        return at;
    }

    private static int digit(int c, int radix) {
        return c >= 0 && c < 0x80 ? Character.digit(c, radix) : -1;
    }
}
