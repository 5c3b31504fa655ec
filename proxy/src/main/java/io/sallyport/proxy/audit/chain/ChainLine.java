package io.sallyport.proxy.audit.chain;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What ties a line to the one before it, at its end: {@code ,"seq":17,"prev":"…","hash":"…"}}. The hash is that of all
 * bytes before {@code ,"hash"}, so a line is verified from its exact bytes, and no JSON needs to be written again.
 *
 * @param seq the number of the line in the chain, from 1
 * @param prev the hash of the line before
 * @param hash as the line states it
 * @param intact whether the hash is that of the line
 */
public record ChainLine(long seq, String prev, String hash, boolean intact) {
    private static final byte[] SEQ = ascii(",\"seq\":");
    private static final byte[] PREV = ascii(",\"prev\":\"");
    private static final byte[] HASH = ascii("\",\"hash\":\"");
    private static final byte[] END = ascii("\"}");
    private static final int MOST_DIGITS = 18;

    /** Ties an object to a chain; the line that comes of it has no line feed. */
    public static byte[] seal(String json, ChainHead before) {
        String body = json.substring(0, json.length() - 1)
                + ",\"seq\":"
                + (before.seq() + 1)
                + ",\"prev\":\""
                + before.hash()
                + "\"";
        // By way of a String: half a surrogate pair becomes a question mark instead of an error.
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] end = ascii(",\"hash\":\"" + Digests.sha256(bytes, 0, bytes.length) + "\"}");
        byte[] line = new byte[bytes.length + end.length];
        System.arraycopy(bytes, 0, line, 0, bytes.length);
        System.arraycopy(end, 0, line, bytes.length, end.length);
        return line;
    }

    /** Null when the line, given without its line feed, does not end as a chained one does. */
    public static @Nullable ChainLine read(byte[] line) {
        int hash = line.length - END.length - Digests.HEX_LENGTH;
        int prev = hash - HASH.length - Digests.HEX_LENGTH;
        int digits = prev - PREV.length;
        boolean framed = digits > SEQ.length
                && matches(line, hash + Digests.HEX_LENGTH, END)
                && matches(line, hash - HASH.length, HASH)
                && matches(line, digits, PREV)
                && isHex(line, hash)
                && isHex(line, prev);
        long seq = framed ? number(line, digits) : -1;
        if (seq < 0) {
            return null;
        }
        String stated = text(line, hash);
        // The closing quote of prev is part of what is hashed.
        boolean intact = stated.equals(Digests.sha256(line, 0, hash - HASH.length + 1));
        return new ChainLine(seq, text(line, prev), stated, intact);
    }

    public ChainHead head() {
        return new ChainHead(seq, hash);
    }

    /** The number that ends here, behind its name; -1 when there is none, or it is written in another way than ours. */
    private static long number(byte[] line, int end) {
        int start = end;
        while (start > 0 && line[start - 1] >= '0' && line[start - 1] <= '9') {
            start--;
        }
        boolean ours = end > start && end - start <= MOST_DIGITS && line[start] != '0';
        return ours && start >= SEQ.length && matches(line, start - SEQ.length, SEQ)
                ? Long.parseLong(new String(line, start, end - start, StandardCharsets.US_ASCII))
                : -1;
    }

    private static boolean isHex(byte[] line, int from) {
        for (int i = from; i < from + Digests.HEX_LENGTH; i++) {
            if ((line[i] < '0' || line[i] > '9') && (line[i] < 'a' || line[i] > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(byte[] line, int from, byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (line[from + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] line, int from) {
        return new String(line, from, Digests.HEX_LENGTH, StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
