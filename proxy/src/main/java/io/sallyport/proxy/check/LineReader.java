package io.sallyport.proxy.check;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream as bytes, in the memory of the longest. */
final class LineReader {
    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private boolean ended;
    private int length;
    private boolean tooLong;
    private long number;

    /** @param longest of a longer line only the beginning is kept */
    LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Moves to the next line; false at the end. A line feed at the very end begins no line. */
    boolean next() throws IOException {
        from += length + (number > 0 ? 1 : 0);
        tooLong = false;
        int i = from;
        for (; ; ) {
            if (i >= to) {
                if (ended) {
                    break;
                }
                if (i - from >= longest) {
                    // Nothing of it will be looked at: what follows overwrites its end.
                    tooLong = true;
                    i = from + longest / 2;
                    to = i;
                }
                int scanned = i - from;
                read();
                i = from + scanned;
            } else if (buffer[i] == '\n') {
                break;
            } else {
                i++;
            }
        }
        length = i - from;
        boolean any = from < to;
        number += any ? 1 : 0;
        return any;
    }

    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return from;
    }

    int length() {
        return length;
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** Of the current line, from 1. */
    long number() {
        return number;
    }

    /** Whether reading on may have to wait. */
    boolean isDrained() throws IOException {
        return from + length + 1 >= to && in.available() == 0;
    }

    private void read() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, Math.max(0, to - from));
            to = Math.max(0, to - from);
            from = 0;
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, to, buffer.length - to);
        ended = read < 0;
        to += Math.max(0, read);
    }
}
