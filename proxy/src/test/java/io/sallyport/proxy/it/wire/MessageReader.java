package io.sallyport.proxy.it.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts the server's bytes into messages; a timeout in the middle of one loses nothing. */
final class MessageReader {
    private static final int HEADER = 5;
    private static final int LONGEST = 256 << 20;

    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[8192];
    private int start;
    private int end;
    private boolean ended;

    MessageReader(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** The next message; null when none is complete in time. */
    @Nullable
    ServerMessage poll(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        if (!fill(HEADER, deadline)) {
            return atEnd("header");
        }
        int length = ByteBuffer.wrap(buffer).getInt(start + 1);
        if (length < 4 || length > LONGEST) {
            throw new AssertionError("server sent length " + length + " in message '" + (char) buffer[start] + "'");
        }
        if (!fill(1 + length, deadline)) {
            return atEnd("message of " + length + " bytes");
        }
        ServerMessage message =
                new ServerMessage((char) buffer[start], Arrays.copyOfRange(buffer, start + HEADER, start + 1 + length));
        start += 1 + length;
        return message;
    }

    /** The untagged byte that answers SSLRequest and GSSENCRequest; -1 when the server closed instead. */
    int single(Duration timeout) throws IOException {
        if (!fill(1, System.nanoTime() + timeout.toNanos())) {
            if (ended) {
                return -1;
            }
            throw new AssertionError("no answer within " + timeout);
        }
        return buffer[start++] & 0xff;
    }

    private @Nullable ServerMessage atEnd(String what) {
        if (!ended) {
            return null;
        }
        if (start != end) {
            throw new AssertionError("connection ended inside a " + what + ", after " + (end - start) + " bytes");
        }
        return new ServerMessage(ServerMessage.END, new byte[0]);
    }

    private boolean fill(int wanted, long deadline) throws IOException {
        reserve(wanted);
        while (end - start < wanted && !ended) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
            try {
                int count = in.read(buffer, end, buffer.length - end);
                ended = count < 0;
                end += Math.max(count, 0);
            } catch (SocketTimeoutException late) {
                return false;
            } catch (SocketException reset) {
                ended = true;
            }
        }
        return end - start >= wanted;
    }

    private void reserve(int wanted) {
        if (start + wanted > buffer.length) {
            byte[] larger = wanted > buffer.length ? new byte[wanted + 8192] : buffer;
            System.arraycopy(buffer, start, larger, 0, end - start);
            buffer = larger;
            end -= start;
            start = 0;
        }
    }
}
