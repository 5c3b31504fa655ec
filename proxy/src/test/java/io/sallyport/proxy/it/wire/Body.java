package io.sallyport.proxy.it.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes message bodies; integers are big-endian, strings end in NUL (manual 53.6, "Message Data Types"). */
public final class Body {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public Body int8(int value) {
        bytes.write(value);
        return this;
    }

    public Body int16(int value) {
        bytes.write(value >>> 8);
        bytes.write(value);
        return this;
    }

    public Body int32(int value) {
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
        return this;
    }

    public Body string(String value) {
        bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
        return this;
    }

    public Body raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The body behind its tag and its length word, which counts itself. */
    public byte[] message(char type) {
        return new Body().int8(type).raw(untagged()).bytes();
    }

    /** As sent before authentication: no tag. */
    public byte[] untagged() {
        return new Body().int32(bytes.size() + 4).raw(bytes()).bytes();
    }
}
