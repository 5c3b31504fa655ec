package io.sallyport.proxy.check;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A window on a stream that knows its line and column. Only what has been moved over leaves it. */
final class SourceBytes {
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int from;
    private int to;
    private boolean ended;
    private long line = 1;
    private long column = 1;

    SourceBytes(InputStream in) {
        this.in = in;
    }

    /** The window's first bytes. */
    byte[] copy(int bytes) {
        return Arrays.copyOfRange(buffer, from, from + bytes);
    }

    int size() {
        return to - from;
    }

    /** Nothing comes behind the window. */
    boolean isEnded() {
        return ended;
    }

    long line() {
        return line;
    }

    long column() {
        return column;
    }

    byte at(int i) {
        return buffer[from + i];
    }

    /** Reads until the window has that many bytes or the stream ends. */
    void fill(int size) throws IOException {
        if (size > buffer.length - from) {
            byte[] target = size > buffer.length ? new byte[size] : buffer;
            System.arraycopy(buffer, from, target, 0, size());
            to -= from;
            from = 0;
            buffer = target;
        }
        while (!ended && size() < size) {
            int read = in.read(buffer, to, buffer.length - to);
            ended = read < 0;
            to += Math.max(0, read);
        }
    }

    /** Moves the window's start ahead, past lines and characters (all bytes but UTF-8's continuations). */
    void skip(int bytes) {
        for (int end = from + bytes; from < end; from++) {
            if (buffer[from] == '\n') {
                line++;
                column = 1;
            } else if ((buffer[from] & 0xc0) != 0x80) {
                column++;
            }
        }
    }

    /** How many bytes the first line has, its line feed not included; at most {@code longest}. */
    int lineLength(int longest) throws IOException {
        for (int i = 0; i < longest; i++) {
            if (i == size()) {
                fill(Math.max(CHUNK, 2 * i));
            }
            if (i == size() || at(i) == '\n') {
                return i;
            }
        }
        return longest;
    }

    /** Moves behind the next line feed, reading as far as it takes. */
    void skipLine() throws IOException {
        do {
            for (; from < to; from++) {
                if (buffer[from] == '\n') {
                    from++;
                    line++;
                    column = 1;
                    return;
                }
            }
            fill(CHUNK);
        } while (size() > 0);
    }

    /** A byte order mark has no column. */
    void skipMark() {
        from += 3;
    }

    /** Puts bytes in front of the window, as the end of the line before. */
    void insertBefore(byte[] bytes) {
        byte[] target = new byte[bytes.length + size() + CHUNK];
        System.arraycopy(bytes, 0, target, 0, bytes.length);
        System.arraycopy(buffer, from, target, bytes.length, size());
        to = bytes.length + size();
        from = 0;
        buffer = target;
        line--;
    }
}
