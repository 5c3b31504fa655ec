package io.sallyport.protocol.frame;

import io.sallyport.protocol.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Keeps a copy of what the decoder cuts, and gives the buffers up at once. */
final class RecordedPieces implements FrameSink {
    final List<byte[]> frames = new ArrayList<>();
    final List<byte[]> chunks = new ArrayList<>();
    int finishedBulk;

    @Override
    public void frame(Frame frame) {
        byte[] bytes = Bytes.take(frame.bytes());
        if (frame.tag() != bytes[0]) {
            throw new AssertionError("tag " + frame.tag() + " of a frame that begins with " + bytes[0]);
        }
        frames.add(bytes);
    }

    @Override
    public void chunk(FrameChunk chunk) {
        chunks.add(Bytes.take(chunk.bytes()));
        finishedBulk += chunk.last() ? 1 : 0;
    }

    byte[] bulk() {
        return Bytes.join(chunks.toArray(byte[][]::new));
    }
}
