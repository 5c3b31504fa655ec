package io.sallyport.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.ReplyListener.Fate;
import io.sallyport.protocol.backend.ReplyListener.Interest;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks a server's byte stream from header to header. What nobody wants to see is relayed in runs as long as what was
 * read, neither copied nor assembled; a message whose body is wanted is kept (copied) only when a read ends inside it.
 */
public final class ReplyScanner {
    /** The longest message, in bytes with its header, that is assembled to be observed. */
    public static final int WHOLE_LIMIT = 1 << 20;

    private final ByteBufAllocator allocator;
    private final ReplyListener listener;

    /** A header, or a message whose body is wanted, that has not arrived whole. */
    private @Nullable ByteBuf partial;

    /** Bytes of the current message that are still to be relayed or dropped. */
    private int remaining;

    private boolean dropping;

    public ReplyScanner(ByteBufAllocator allocator, ReplyListener listener) {
        this.allocator = allocator;
        this.listener = listener;
    }

    /**
     * Takes ownership of {@code in}.
     *
     * @throws ProtocolViolation when a length word is below 4
     */
    public void feed(ByteBuf in) {
        try {
            scan(in);
        } finally {
            in.release();
        }
    }

    /** Whether what was relayed so far ends with a whole message, so that one of our own may follow. */
    public boolean betweenMessages() {
        return remaining == 0 || dropping;
    }

    public void close() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void scan(ByteBuf in) {
        int end = in.writerIndex();
        int run = in.readerIndex();
        int position = run;
        while (position < end) {
            if (remaining > 0) {
                int count = Math.min(remaining, end - position);
                if (dropping) {
                    relay(in, run, position);
                    run = position + count;
                }
                position += count;
                remaining -= count;
            } else if (partial != null || end - position < Frame.HEADER) {
                relay(in, run, position);
                in.readerIndex(position);
                assemble(in);
                position = in.readerIndex();
                run = position;
            } else {
                byte tag = in.getByte(position);
                int total = total(tag, in.getInt(position + 1));
                Interest interest = interest(tag, total);
                if (interest == Interest.BODY && end - position < total) {
                    relay(in, run, position);
                    partial = allocator.buffer(Math.min(total, 2 * (end - position)));
                    partial.writeBytes(in, position, end - position);
                    return;
                }
                Fate fate = interest == Interest.NONE
                        ? Fate.RELAY
                        : listener.observed(
                                tag,
                                interest == Interest.TAG
                                        ? null
                                        : new WireReader(in, position + Frame.HEADER, position + total));
                if (fate == Fate.REPLACE) {
                    relay(in, run, position);
                    run = position;
                    listener.replace(tag);
                }
                remaining = total;
                dropping = fate != Fate.RELAY;
            }
        }
        relay(in, run, end);
    }

    /** Moves bytes of one message from {@code in} to {@link #partial} until it can be decided. */
    private void assemble(ByteBuf in) {
        ByteBuf kept = partial;
        if (kept == null) {
            kept = allocator.buffer(64);
            partial = kept;
        }
        if (!fill(kept, in, Frame.HEADER)) {
            return;
        }
        byte tag = kept.getByte(0);
        int total = total(tag, kept.getInt(1));
        Interest interest = interest(tag, total);
        if (interest == Interest.BODY && !fill(kept, in, total)) {
            return;
        }
        partial = null;
        Fate fate = fate(interest, tag, kept, total);
        remaining = total - kept.readableBytes();
        dropping = fate != Fate.RELAY;
        switch (fate) {
            case RELAY -> listener.relay(kept);
            case DROP -> kept.release();
            case REPLACE -> {
                kept.release();
                listener.replace(tag);
            }
        }
    }

    private static boolean fill(ByteBuf kept, ByteBuf in, int upTo) {
        int missing = upTo - kept.readableBytes();
        if (missing > 0) {
            kept.writeBytes(in, Math.min(missing, in.readableBytes()));
        }
        return kept.readableBytes() >= upTo;
    }

    private Interest interest(byte tag, int total) {
        Interest interest = listener.interest(tag);
        return interest == Interest.BODY && total > WHOLE_LIMIT ? Interest.TAG : interest;
    }

    private void relay(ByteBuf in, int from, int to) {
        if (from < to) {
            listener.relay(in.retainedSlice(from, to - from));
        }
    }

    /** Whatever the listener throws, the message is given back. */
    private Fate fate(Interest interest, byte tag, ByteBuf kept, int total) {
        try {
            return switch (interest) {
                case NONE -> Fate.RELAY;
                case TAG -> listener.observed(tag, null);
                case BODY -> listener.observed(tag, new WireReader(kept, Frame.HEADER, total));
            };
        } catch (RuntimeException fault) {
            kept.release();
            throw fault;
        }
    }

    private static int total(byte tag, int length) {
        if (length < 4 || length == Integer.MAX_VALUE) {
            throw new ProtocolViolation("invalid length " + length + " of server message '" + (char) (tag & 0xff)
                    + "': expected 4 to " + (Integer.MAX_VALUE - 1));
        }
        return length + 1;
    }
}
