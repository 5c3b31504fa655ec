package io.sallyport.proxy.it.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads a message's body field by field; running over its end is a test failure. */
public final class BodyReader {
    private final ByteBuffer bytes;

    BodyReader(byte[] body) {
        this.bytes = ByteBuffer.wrap(body);
    }

    public int int8() {
        return bytes.get();
    }

    public int int16() {
        return bytes.getShort();
    }

    public int int32() {
        return bytes.getInt();
    }

    public String string() {
        int start = bytes.position();
        int end = start;
        while (bytes.get(end) != 0) {
            end++;
        }
        String value = new String(take(end - start), StandardCharsets.UTF_8);
        bytes.get();
        return value;
    }

    public byte[] take(int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    public byte[] rest() {
        return take(bytes.remaining());
    }

    public int remaining() {
        return bytes.remaining();
    }
}
