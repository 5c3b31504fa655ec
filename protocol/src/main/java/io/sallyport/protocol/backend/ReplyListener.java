package io.sallyport.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.frame.WireReader;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of each server message that {@link ReplyScanner} passes. */
public interface ReplyListener {
    /** How much of a message the listener wants to see. */
    enum Interest {
        /** Nothing: it is relayed unread. */
        NONE,
        /** That it came; its body is relayed unread. */
        TAG,
        /** All of it. */
        BODY
    }

    /** What becomes of an observed message. */
    enum Fate {
        RELAY,
        DROP,
        /** Dropped, and {@link #replace} is called in its place, after everything before it was relayed. */
        REPLACE
    }

    Interest interest(byte tag);

    /**
     * @param body null where only the tag was asked for, or the message is longer than {@link ReplyScanner#WHOLE_LIMIT}
     */
    Fate observed(byte tag, @Nullable WireReader body);

    void replace(byte tag);

    /** Bytes to pass on as they are: whole messages or parts of them. The listener owns the buffer. */
    void relay(ByteBuf run);
}
