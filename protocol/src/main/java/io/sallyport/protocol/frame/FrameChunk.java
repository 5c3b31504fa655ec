package io.sallyport.protocol.frame;

import io.netty.buffer.ByteBuf;

/**
 * A slice of a bulk message (CopyData) that is relayed without being assembled; the first one starts with the header.
 * Owns one reference.
 *
 * @param last whether the message ends with this slice
 */
public record FrameChunk(byte tag, ByteBuf bytes, boolean last) implements Piece {}
