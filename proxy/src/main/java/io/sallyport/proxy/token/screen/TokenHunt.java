package io.sallyport.proxy.token.screen;

import io.sallyport.proxy.token.TokenSecret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Well-formed tokens in bytes, wherever they stand. */
final class TokenHunt {
    /** A letter: it neither opens nor closes anything in SQL, whatever stands beside it. */
    private static final byte BLANK = 'x';

    private static final byte[] PREFIX = TokenSecret.PREFIX.getBytes(StandardCharsets.US_ASCII);

    private TokenHunt() {}

    /** Blanks all of them but their prefix; behind its dash no byte is half of a character in any encoding. */
    static List<TokenSecret> blank(byte[] bytes) {
        List<TokenSecret> found = new ArrayList<>(0);
        int at = 0;
        while (at < bytes.length) {
            int end = isPrefix(bytes, at) ? end(bytes, at + PREFIX.length) : -1;
            TokenSecret secret =
                    end < 0 ? null : TokenSecret.parse(new String(bytes, at, end - at, StandardCharsets.ISO_8859_1));
            if (secret == null) {
                at++;
            } else {
                found.add(secret);
                blank(bytes, at + PREFIX.length, end);
                at = end;
            }
        }
        return found;
    }

    private static boolean isPrefix(byte[] bytes, int at) {
        for (int i = 0; i < PREFIX.length; i++) {
            // Sets the bit that tells small letters from capitals; the dash has it already.
            if (at + i >= bytes.length || (bytes[at + i] | 0x20) != PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    /** Behind as many letters and digits as a token has, with a dash between any two; -1 where there are fewer. */
    private static int end(byte[] bytes, int from) {
        int characters = 0;
        for (int i = from; i < bytes.length; i++) {
            if (isAlphanumeric(bytes[i])) {
                characters++;
                if (characters == TokenSecret.CHARACTERS) {
                    return i + 1;
                }
            } else if (bytes[i] != '-' || bytes[i - 1] == '-') {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isAlphanumeric(byte value) {
        int small = value | 0x20;
        return (value >= '0' && value <= '9') || (value > 0 && small >= 'a' && small <= 'z');
    }

    static void blank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            bytes[i] = BLANK;
        }
    }
}
