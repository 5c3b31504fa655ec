package io.sallyport.protocol.frame;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes one tagged message: {@link #WireWriter} leaves room for the length word, {@link #end()} fills it in. */
public final class WireWriter {
    private final ByteBuf out;
    private final int start;

    public WireWriter(ByteBuf out, char tag) {
        this.out = out;
        out.writeByte(tag);
        this.start = out.writerIndex();
        out.writeInt(0);
    }

    public WireWriter int8(int value) {
        out.writeByte(value);
        return this;
    }

    public WireWriter int16(int value) {
        out.writeShort(value);
        return this;
    }

    public WireWriter int32(int value) {
        out.writeInt(value);
        return this;
    }

    public WireWriter bytes(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    /** UTF-8 and a NUL. A NUL inside the text, which no server could send, becomes a space. */
    public WireWriter cstring(String value) {
        out.writeCharSequence(value.indexOf('\0') < 0 ? value : value.replace('\0', ' '), StandardCharsets.UTF_8);
        out.writeByte(0);
        return this;
    }

    public ByteBuf end() {
        out.setInt(start, out.writerIndex() - start);
        return out;
    }
}
