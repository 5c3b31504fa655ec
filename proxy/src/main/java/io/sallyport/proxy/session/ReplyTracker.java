package io.sallyport.proxy.session;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.proxy.batch.PreparedStatements;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The queue of replies that the server owes. It mirrors how postgres.c answers: each extended message in order; after
 * an error nothing (not even to Query) up to Sync; during COPY FROM STDIN nothing to Sync or Flush.
 */
final class ReplyTracker {
    /** More than fit into what a server keeps back before it sends (8 KiB, replies of five bytes): it will answer some of them. */
    private static final int MOST_OWED = 50_000;

    /** Rows of SALLYPORT statements whose place in the server's answers has not come, by weight. */
    private static final long MOST_ROWS_OWED = 1 << 20;

    private final PreparedStatements prepared;
    private final Deque<Slot> slots = new ArrayDeque<>();

    /** After an error of the extended protocol, until a Sync is forwarded. */
    private boolean skipping;

    /** Between the server's CopyInResponse and the client's CopyDone or CopyFail. */
    private boolean copyIn;

    /** Syncs sent into a COPY: ignored there, but answered when it had failed before they were read. */
    private int syncsInCopy;

    /** Whether nobody can tell how many of them will be answered. */
    private boolean lostCount;

    private long rowsOwed;

    /** Whether extended-protocol messages went out that no Sync has closed. */
    private boolean unsynced;

    ReplyTracker(PreparedStatements prepared) {
        this.prepared = prepared;
    }

    void expect(Slot slot) {
        boolean closes = slot.kind == Slot.Kind.SYNC;
        if (copyIn && closes) {
            syncsInCopy++;
        }
        if ((skipping && !closes) || (copyIn && closes && !slot.own)) {
            slot.swallowed(prepared);
            return;
        }
        if (closes) {
            skipping = false;
        }
        // A Query leaves it as it was: on PostgreSQL 18 an implicit transaction goes on behind it, up to Sync.
        unsynced = !closes && (unsynced || slot.kind.skipsOnError());
        rowsOwed += slot.rows == null ? 0 : slot.rows.weight();
        slots.add(slot);
    }

    /** Whether the server ignores everything up to the next Sync. */
    boolean skipping() {
        return skipping;
    }

    /** Whether no reply is owed. */
    boolean settled() {
        return slots.isEmpty();
    }

    /** Whether so many replies are owed that no more should be asked for: each costs memory here, and a message may have five bytes. */
    boolean isCrowded() {
        return slots.size() >= MOST_OWED || rowsOwed >= MOST_ROWS_OWED;
    }

    /** Whether the server reads COPY data now: what else comes is an error to it at once. */
    boolean inCopy() {
        return copyIn;
    }

    /** Whether all that is outstanding ends in a ReadyForQuery without the client's doing. */
    boolean settlesByItself() {
        return !unsynced && !skipping && !copyIn;
    }

    /** Whether the server's last word was ReadyForQuery: the only place for messages of our own. */
    boolean atBoundary() {
        return slots.isEmpty() && !unsynced && !skipping && !copyIn;
    }

    @Nullable
    Slot head() {
        return slots.peek();
    }

    /** A reply that ends the slot at the head. */
    void completed(Slot.Kind kind, byte tag) {
        Slot slot = slots.peek();
        if (slot == null || slot.kind != kind) {
            throw desynchronised(tag, slot);
        }
        if (kind == Slot.Kind.EXECUTE) {
            copyIn = false;
            syncsInCopy = 0;
        }
        pop();
    }

    /**
     * An ErrorResponse.
     *
     * @return the slot it answers, or null when nothing was asked
     */
    @Nullable
    Slot failed() {
        copyIn = false;
        Slot slot = slots.peek();
        if (syncsInCopy > 0 && slot != null && slot.kind == Slot.Kind.QUERY) {
            // Where the server ends the session itself, nothing is left to be counted.
            lostCount = true;
        }
        if (slot == null || !slot.kind.skipsOnError()) {
            return slot;
        }
        skipping = true;
        unsynced = false;
        do {
            pop();
            Slot next = slots.peek();
            if (next != null && next.kind == Slot.Kind.SYNC) {
                skipping = false;
            }
        } while (skipping && !slots.isEmpty());
        return slot;
    }

    /**
     * A ReadyForQuery.
     *
     * @return the slot it closes, or null where a Sync that a failed COPY might have eaten was answered after all
     */
    @Nullable
    Slot ready() {
        if (lostCount) {
            throw new ProtocolViolation("a COPY failed into which Sync was sent: its answers cannot be counted");
        }
        Slot slot = slots.peek();
        copyIn = false;
        syncsInCopy = 0;
        if (slot == null) {
            skipping = false;
            return null;
        }
        if (slot.kind.skipsOnError()) {
            throw desynchronised((byte) 'Z', slot);
        }
        pop();
        return slot;
    }

    /** CopyInResponse came: Syncs already sent behind it are not answered. */
    void copyInStarted() {
        copyIn = true;
        Iterator<Slot> behind = slots.iterator();
        if (behind.hasNext()) {
            behind.next();
        }
        while (behind.hasNext()) {
            Slot slot = behind.next();
            if (slot.kind == Slot.Kind.COPY_END) {
                behind.remove();
                copyIn = false;
                return;
            }
            if (slot.kind != Slot.Kind.SYNC) {
                return;
            }
            behind.remove();
            syncsInCopy++;
            slot.swallowed(prepared);
        }
    }

    /** CopyDone or CopyFail went out. */
    void copyEndSent() {
        if (copyIn) {
            copyIn = false;
        } else if (!slots.isEmpty()) {
            slots.add(new Slot(Slot.Kind.COPY_END));
        }
    }

    /** The server is gone: no reply will come. */
    void abandon() {
        while (!slots.isEmpty()) {
            slots.remove().end(prepared);
        }
    }

    private void pop() {
        Slot answered = slots.remove();
        rowsOwed -= answered.rows == null ? 0 : answered.rows.weight();
        answered.end(prepared);
        while (!slots.isEmpty() && slots.peek().kind == Slot.Kind.COPY_END) {
            slots.remove();
        }
    }

    private static ProtocolViolation desynchronised(byte tag, @Nullable Slot slot) {
        return new ProtocolViolation("unexpected reply '" + (char) tag + "' of the server: expected "
                + (slot == null ? "none" : "that to " + slot.kind));
    }
}
