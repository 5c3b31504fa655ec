package io.sallyport.protocol.frame;

import io.netty.buffer.ByteBuf;

/** What {@link FrameDecoder} cuts a stream into; owns one reference to its bytes. */
public sealed interface Piece permits Frame, FrameChunk {
    byte tag();

    ByteBuf bytes();

    default void release() {
        bytes().release();
    }
}
