package io.sallyport.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a client's byte stream, after start-up, into {@link Frame}s (slices of what was read where a message came
 * whole) and {@link FrameChunk}s (bulk, never assembled). Memory grows with the bytes that arrived, never with what a
 * length word promises.
 *
 * <pre>
 *   +-----+----------------+-------------+
 *   | tag | length (Int32) | body        |   length counts itself and the body
 *   +-----+----------------+-------------+
 * </pre>
 */
public final class FrameDecoder {
    private final FrameRules rules;
    private final ByteBufAllocator allocator;
    private final FrameSink sink;

    /** The start of a message that has not arrived whole. */
    private @Nullable ByteBuf partial;

    private int bulkRemaining;
    private byte bulkTag;

    public FrameDecoder(FrameRules rules, ByteBufAllocator allocator, FrameSink sink) {
        this.rules = rules;
        this.allocator = allocator;
        this.sink = sink;
    }

    /**
     * Takes ownership of {@code in}.
     *
     * @throws ProtocolViolation for an unknown tag or an impossible length; nothing after it is read
     */
    public void feed(ByteBuf in) {
        try {
            while (in.isReadable()) {
                if (bulkRemaining > 0) {
                    relayBulk(in);
                } else if (partial != null) {
                    completePartial(partial, in);
                } else {
                    cut(in);
                }
            }
        } finally {
            in.release();
        }
    }

    /** Releases what is kept of an unfinished message. */
    public void close() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void cut(ByteBuf in) {
        int available = in.readableBytes();
        if (available < Frame.HEADER) {
            keep(in, Frame.HEADER);
            return;
        }
        int start = in.readerIndex();
        byte tag = in.getByte(start);
        int total = total(tag, in.getInt(start + 1));
        if (rules.bulk(tag)) {
            startBulk(tag, total);
        } else if (available >= total) {
            sink.frame(new Frame(tag, in.readRetainedSlice(total)));
        } else {
            keep(in, total);
        }
    }

    private void keep(ByteBuf in, int total) {
        rules.bulk(in.getByte(in.readerIndex()));
        int available = in.readableBytes();
        // At most twice what is here: a length word alone buys no memory.
        ByteBuf kept = allocator.buffer(Math.min(total, Math.max(64, available * 2)));
        kept.writeBytes(in);
        partial = kept;
    }

    private void completePartial(ByteBuf kept, ByteBuf in) {
        if (kept.readableBytes() < Frame.HEADER) {
            move(in, kept, Frame.HEADER);
            if (kept.readableBytes() < Frame.HEADER) {
                return;
            }
        }
        byte tag = kept.getByte(0);
        int total = total(tag, kept.getInt(1));
        if (rules.bulk(tag)) {
            partial = null;
            startBulk(tag, total);
            relayBulk(kept);
            kept.release();
            return;
        }
        move(in, kept, total);
        if (kept.readableBytes() == total) {
            partial = null;
            sink.frame(new Frame(tag, kept));
        }
    }

    private static void move(ByteBuf in, ByteBuf kept, int upTo) {
        kept.writeBytes(in, Math.min(in.readableBytes(), upTo - kept.readableBytes()));
    }

    private void startBulk(byte tag, int total) {
        bulkTag = tag;
        bulkRemaining = total;
    }

    private void relayBulk(ByteBuf in) {
        int count = Math.min(bulkRemaining, in.readableBytes());
        bulkRemaining -= count;
        sink.chunk(new FrameChunk(bulkTag, in.readRetainedSlice(count), bulkRemaining == 0));
    }

    private int total(byte tag, int length) {
        rules.check(tag, length);
        return length + 1;
    }
}
