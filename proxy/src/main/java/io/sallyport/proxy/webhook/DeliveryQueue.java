package io.sallyport.proxy.webhook;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be told to one receiver. News of one hold keep their order; a hold whose news must be tried again holds up
 * no other. One thread takes; any may offer, and none of them waits.
 */
final class DeliveryQueue {
    /** News of one hold, the first of them due at a time of {@link System#nanoTime}. */
    private static final class Line {
        private final Deque<Delivery> waiting = new ArrayDeque<>();
        private long due = System.nanoTime();
    }

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private int size;
    private long pausedUntil = System.nanoTime();
    private boolean closing;

    DeliveryQueue(int capacity) {
        this.capacity = capacity;
    }

    /** @return false when it is full, or closing */
    boolean offer(Delivery delivery) {
        lock.lock();
        try {
            if (size >= capacity || closing) {
                return false;
            }
            lines.computeIfAbsent(delivery.line(), code -> new Line()).waiting.add(delivery);
            size++;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for what is due, and leaves it in its place: {@link #remove} or {@link #postpone} it next.
     *
     * @return null when the queue is closing and nothing is left
     */
    @Nullable
    Delivery next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Line first = null;
                for (Line line : lines.values()) {
                    first = first == null || line.due - first.due < 0 ? line : first;
                }
                long wait = first == null
                        ? Long.MAX_VALUE
                        : Math.max(first.due - System.nanoTime(), pausedUntil - System.nanoTime());
                if (first != null && (wait <= 0 || closing)) {
                    return first.waiting.peek();
                } else if (closing) {
                    return null;
                } else if (first == null) {
                    changed.await();
                } else {
                    var unused = changed.awaitNanos(wait);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** It is done with. */
    void remove(Delivery delivery) {
        lock.lock();
        try {
            Line line = lines.get(delivery.line());
            if (line != null && line.waiting.peek() == delivery) {
                line.waiting.remove();
                size--;
                line.due = System.nanoTime();
                if (line.waiting.isEmpty()) {
                    lines.remove(delivery.line());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Its hold's news wait so long. */
    void postpone(Delivery delivery, long nanos) {
        lock.lock();
        try {
            Line line = lines.get(delivery.line());
            if (line != null) {
                line.due = System.nanoTime() + nanos;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The receiver wants to be left alone. */
    void pause(long nanos) {
        lock.lock();
        try {
            pausedUntil = System.nanoTime() + nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more, and hands out at once what waits. */
    void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }
}
