package io.sallyport.proxy.replay.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text; of a line that is too long only the beginning is kept, so that no input takes more memory than another. */
final class LineReader {
    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final String file;
    private final int longest;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int filled;
    private long number;
    private boolean cut;
    /** A line that began in an earlier chunk. */
    private byte[] carried = new byte[1024];

    private int carriedLength;

    LineReader(InputStream in, String file, int longest) {
        this.in = in;
        this.file = file;
        this.longest = longest;
    }

    /** The next line without its end, or null behind the last. */
    @Nullable
    String next() throws IOException {
        cut = false;
        carriedLength = 0;
        boolean begun = false;
        while (at < filled || fill()) {
            begun = true;
            int end = at;
            while (end < filled && chunk[end] != '\n') {
                end++;
            }
            if (end < filled) {
                String line = line(end);
                at = end + 1;
                return line;
            }
            carry(end);
        }
        return begun ? line(at) : null;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(chunk));
        return filled > 0;
    }

    private void carry(int end) {
        int kept = Math.min(end - at, longest - carriedLength);
        cut |= kept < end - at;
        if (carriedLength + kept > carried.length) {
            carried = Arrays.copyOf(carried, Math.min(longest, 2 * (carriedLength + kept)));
        }
        System.arraycopy(chunk, at, carried, carriedLength, kept);
        carriedLength += kept;
        at = end;
    }

    private String line(int end) {
        number++;
        byte[] bytes = chunk;
        int from = at;
        int length = end - at;
        if (carriedLength > 0) {
            carry(end);
            bytes = carried;
            from = 0;
            length = carriedLength;
        }
        if (length > 0 && bytes[from + length - 1] == '\r') {
            length--;
        }
        String line = new String(bytes, from, length, StandardCharsets.UTF_8);
        return number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    /** Where the last line stands. */
    Place place() {
        return new Place(file, number);
    }

    /** Whether the last line was too long. */
    boolean isCut() {
        return cut;
    }
}
