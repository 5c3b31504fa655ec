package io.sallyport.proxy.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What waits for the writer, in order. Events have limited room; what is to follow them always finds some. */
final class AuditQueue {
    /**
     * An event, or what to run once all before it is written; with neither, it only wakes the writer.
     *
     * @param nanos when it came
     */
    record Entry(@Nullable AuditEvent event, @Nullable Runnable then, long nanos) {}

    private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
    private final Semaphore room;
    private volatile List<Entry> taken = List.of();

    AuditQueue(int length) {
        this.room = new Semaphore(length);
    }

    /** Never blocks; false when there is no room. */
    boolean offer(AuditEvent event) {
        if (!room.tryAcquire()) {
            return false;
        }
        put(event, null);
        return true;
    }

    void follow(Runnable then) {
        put(null, then);
    }

    void wake() {
        put(null, null);
    }

    private void put(@Nullable AuditEvent event, @Nullable Runnable then) {
        // Its length is unlimited, so this cannot fail.
        entries.add(new Entry(event, then, System.nanoTime()));
    }

    /** Waits for something to come, at most so long. */
    List<Entry> take(int most, Duration longest) throws InterruptedException {
        Entry first = entries.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        List<Entry> batch = new ArrayList<>(most);
        batch.add(first);
        entries.drainTo(batch, most - 1);
        taken = batch;
        room.release((int) batch.stream().filter(entry -> entry.event != null).count());
        return batch;
    }

    /** What was taken last is written. */
    void written() {
        taken = List.of();
    }

    boolean hasRoom() {
        return room.availablePermits() > 0;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    void clear() {
        entries.clear();
    }

    /** How long the oldest that is not written waits. */
    Duration age() {
        List<Entry> writing = taken;
        Entry oldest = writing.isEmpty() ? entries.peek() : writing.get(0);
        return oldest == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - oldest.nanos));
    }
}
