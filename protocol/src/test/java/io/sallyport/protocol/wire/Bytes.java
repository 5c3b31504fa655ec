package io.sallyport.protocol.wire;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes messages as a peer would, lies included. */
public final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public Bytes int8(int value) {
        out.write(value);
        return this;
    }

    public Bytes int16(int value) {
        out.write(value >>> 8);
        out.write(value);
        return this;
    }

    public Bytes int32(int value) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
        return this;
    }

    public Bytes text(String value) {
        out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public Bytes string(String value) {
        return text(value).int8(0);
    }

    public Bytes raw(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    public byte[] array() {
        return out.toByteArray();
    }

    /** What was written as the body of a message. */
    public byte[] message(char tag) {
        return new Bytes().int8(tag).raw(packet()).array();
    }

    /** What was written behind a length word alone. */
    public byte[] packet() {
        return new Bytes().int32(out.size() + 4).raw(array()).array();
    }

    public static byte[] join(byte[]... parts) {
        Bytes all = new Bytes();
        for (byte[] part : parts) {
            all.raw(part);
        }
        return all.array();
    }

    /** What is readable; leaves the buffer as it is. */
    public static byte[] of(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }

    /** As {@link #of}, and gives the buffer up. */
    public static byte[] take(ByteBuf buffer) {
        try {
            return of(buffer);
        } finally {
            buffer.release();
        }
    }
}
