package io.sallyport.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.ProtocolViolation;
import java.nio.charset.StandardCharsets;

/**
 * Reads a message body. Every count is checked against the bytes that are left before anything is allocated.
 * Strings are returned as bytes or as ISO 8859-1, which keeps every byte apart from every other whatever the client's
 * encoding.
 */
public final class WireReader {
    private final ByteBuf bytes;
    private final int end;
    private int position;

    public WireReader(ByteBuf bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    public int remaining() {
        return end - position;
    }

    public byte int8() {
        need(1, "a byte");
        return bytes.getByte(position++);
    }

    public int unsignedInt16() {
        need(2, "an Int16");
        int value = bytes.getUnsignedShort(position);
        position += 2;
        return value;
    }

    public int int32() {
        need(4, "an Int32");
        int value = bytes.getInt(position);
        position += 4;
        return value;
    }

    /** The byte at so many behind the position, which stays where it is; -1 past the end. */
    public int peek(int offset) {
        return offset < remaining() ? bytes.getByte(position + offset) & 0xff : -1;
    }

    /** A NUL-terminated string, without its NUL. */
    public byte[] cstringBytes() {
        int nul = remaining() == 0 ? -1 : bytes.indexOf(position, end, (byte) 0);
        if (nul < 0) {
            throw new ProtocolViolation("invalid string in message: no terminating NUL in " + remaining() + " bytes");
        }
        byte[] text = new byte[nul - position];
        bytes.getBytes(position, text);
        position = nul + 1;
        return text;
    }

    public String cstring() {
        if (position < end && bytes.getByte(position) == 0) {
            position++;
            return "";
        }
        return new String(cstringBytes(), StandardCharsets.ISO_8859_1);
    }

    public byte[] bytes(int count) {
        need(count, count + " bytes");
        byte[] value = new byte[count];
        bytes.getBytes(position, value);
        position += count;
        return value;
    }

    public void skip(int count) {
        need(count, count + " bytes");
        position += count;
    }

    /** The position in the underlying buffer, for slices. */
    public int position() {
        return position;
    }

    /**
     * @throws ProtocolViolation when bytes are left, as pq_getmsgend (libpq/pqformat.c) has it
     */
    public void end() {
        if (remaining() > 0) {
            throw new ProtocolViolation("invalid message format: " + remaining() + " bytes after its end");
        }
    }

    private void need(int count, String what) {
        if (count < 0 || count > remaining()) {
            throw new ProtocolViolation(
                    "insufficient data left in message: expected " + what + ", " + remaining() + " bytes left");
        }
    }
}
