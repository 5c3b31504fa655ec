package io.sallyport.proxy.audit.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a log ends.
 *
 * @param size in bytes
 * @param last the last whole line of a chain; null when there is none near the end
 * @param torn the SHA-256 of what comes after it, without a closing line feed: half a line that a killed process left;
 *     null when nothing does
 * @param ended whether the log ends with a line feed, or is empty
 */
public record LogTail(
        long size, @Nullable ChainHead last, @Nullable String torn, boolean ended) {
    /** Longer than any line that is written. */
    private static final int FARTHEST = 1 << 20;

    /** Reads from the end back to the first line that is whole. */
    public static LogTail read(FileChannel file) throws IOException {
        long size = file.size();
        byte[] tail = new byte[(int) Math.min(size, FARTHEST)];
        ByteBuffer buffer = ByteBuffer.wrap(tail);
        while (buffer.hasRemaining() && file.read(buffer, size - buffer.remaining()) > 0) {
            // goes on
        }
        boolean ended = tail.length == 0 || tail[tail.length - 1] == '\n';
        int end = ended && tail.length > 0 ? tail.length - 1 : tail.length;
        for (int stop = end; stop >= 0; ) {
            int start = lineStart(tail, stop);
            ChainLine line = ChainLine.read(Arrays.copyOfRange(tail, start, stop));
            if (line != null && line.intact()) {
                return new LogTail(size, line.head(), stop == end ? null : Digests.sha256(tail, stop + 1, end), ended);
            }
            stop = start - 1;
        }
        boolean half = !ended && lineStart(tail, end) == 0;
        return new LogTail(size, null, half ? Digests.sha256(tail, 0, end) : null, ended);
    }

    private static int lineStart(byte[] tail, int stop) {
        int start = stop;
        while (start > 0 && tail[start - 1] != '\n') {
            start--;
        }
        return start;
    }
}
