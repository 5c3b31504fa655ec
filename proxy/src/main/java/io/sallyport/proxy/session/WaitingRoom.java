package io.sallyport.proxy.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much the batches that wait, of all sessions, may weigh together: some minutes of a few large ones would otherwise
 * use up the memory of everybody. Safe for use by many threads.
 */
public final class WaitingRoom {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** @param limit in bytes as the client sent them; a waiting batch costs about four times that: text, facts, what people are shown */
    public WaitingRoom(long limit) {
        this.limit = limit;
    }

    /** An eighth of what the process may have. */
    public static WaitingRoom ofThisProcess() {
        return new WaitingRoom(Runtime.getRuntime().maxMemory() / 8);
    }

    /** @return whether there is room, which then is taken */
    boolean enter(long bytes) {
        if (taken.addAndGet(bytes) <= limit) {
            return true;
        }
        leave(bytes);
        return false;
    }

    void leave(long bytes) {
        taken.addAndGet(-bytes);
    }
}
