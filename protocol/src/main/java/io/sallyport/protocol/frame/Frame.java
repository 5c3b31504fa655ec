package io.sallyport.protocol.frame;

import io.netty.buffer.ByteBuf;

/**
 * One whole message: its tag and the exact bytes received (tag, length word, body). Owns one reference to the bytes;
 * whoever takes the frame forwards {@link #bytes()} or calls {@link #release()}.
 */
public record Frame(byte tag, ByteBuf bytes) implements Piece {
    /** Tag and length word. */
    public static final int HEADER = 5;

    public int length() {
        return bytes.readableBytes();
    }

    /** A reader over the body; independent of the position of {@link #bytes()}. */
    public WireReader body() {
        return new WireReader(bytes, bytes.readerIndex() + HEADER, bytes.writerIndex());
    }

    @Override
    public String toString() {
        return "Frame[" + (char) tag + ", " + length() + " bytes]";
    }
}
