package io.sallyport.protocol.frame;

/** Takes what {@link FrameDecoder} cuts, in order; owns what it is given. */
public interface FrameSink {
    void frame(Frame frame);

    void chunk(FrameChunk chunk);
}
