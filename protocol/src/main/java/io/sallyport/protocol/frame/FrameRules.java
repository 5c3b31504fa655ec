package io.sallyport.protocol.frame;

/** What a {@link FrameDecoder} must know of the messages it cuts. */
public interface FrameRules {
    /**
     * Whether messages of this tag are relayed in chunks and never assembled.
     *
     * @throws io.sallyport.protocol.ProtocolViolation when there is no such message
     */
    boolean bulk(byte tag);

    /**
     * Checks a length word (itself and the body) before anything is allocated for it.
     *
     * @throws io.sallyport.protocol.ProtocolViolation when it cannot be, or exceeds a limit
     */
    void check(byte tag, int length);
}
