package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.backend.Replies;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What the server answers, on its way to the client. While it is not sure that what was done stays done, answers are kept back: all of them up to a size, and the
 * last CommandComplete in any case, for an error at COMMIT stands in its place.
 */
final class KeptAnswers implements ClientLink {
    private final ClientLink client;
    private final Deque<ByteBuf> kept = new ArrayDeque<>();
    private @Nullable ByteBuf last;
    private int room;
    private boolean active;
    private boolean told;
    /** Nothing of it is told. */
    private boolean unheard;

    KeptAnswers(ClientLink client) {
        this.client = client;
    }

    /** @param most how many bytes are kept back; more go to the client at once */
    void begin(int most) {
        active = true;
        unheard = false;
        told = most == 0;
        room = most;
    }

    /** Nobody is to hear of it, whatever becomes of it. */
    void beginUnheard() {
        begin(1);
        unheard = true;
    }

    boolean active() {
        return active;
    }

    /** Whether the client has heard something of it. */
    boolean told() {
        return told;
    }

    @Override
    public void send(ByteBuf bytes) {
        if (active) {
            keepLast();
            keep(bytes);
        } else {
            client.send(bytes);
        }
    }

    private void keep(ByteBuf bytes) {
        room -= bytes.readableBytes();
        kept.add(bytes);
        if (unheard) {
            drop();
        } else if (told || room < 0) {
            told = true;
            sendKept();
        }
    }

    private void sendKept() {
        while (!kept.isEmpty()) {
            client.send(kept.remove());
        }
    }

    /** In place of the server's CommandComplete. */
    void completed(String commandTag) {
        keepLast();
        last = Replies.commandComplete(client.allocator().buffer(32), commandTag);
    }

    /** Something follows it: it was not the last one. */
    private void keepLast() {
        ByteBuf before = last;
        last = null;
        if (before != null) {
            keep(before);
        }
    }

    /** Passes on what was kept, and keeps no more. */
    void release(boolean withLast) {
        if (unheard) {
            drop();
            dropLast();
        }
        sendKept();
        ByteBuf complete = last;
        last = null;
        active = false;
        if (complete != null) {
            if (withLast) {
                client.send(complete);
            } else {
                complete.release();
            }
        }
    }

    /** Nobody will hear what was kept. */
    void discard() {
        drop();
        release(false);
    }

    private void dropLast() {
        ByteBuf complete = last;
        last = null;
        if (complete != null) {
            complete.release();
        }
    }

    private void drop() {
        kept.forEach(ByteBuf::release);
        kept.clear();
    }

    @Override
    public ByteBufAllocator allocator() {
        return client.allocator();
    }

    @Override
    public void flush() {
        client.flush();
    }

    @Override
    public boolean full() {
        return client.full();
    }

    @Override
    public void queueFull(boolean full) {
        client.queueFull(full);
    }

    @Override
    public void closeAfterFlush() {
        client.closeAfterFlush();
    }
}
