package io.sallyport.proxy.session.fakes;

import io.sallyport.proxy.session.SessionLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** A loop that runs what it was given when a test says so, and the clock that its timers follow. */
public final class ManualLoop implements SessionLoop {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Entry> timers = new ArrayList<>();
    private Duration clockAhead = Duration.ZERO;
    private Instant now = Instant.parse("2026-11-21T02:00:00Z");

    private static final class Entry {
        private final Runnable task;
        private final Duration interval;
        private Instant due;

        Entry(Runnable task, Instant due, Duration interval) {
            this.task = task;
            this.due = due;
            this.interval = interval;
        }

        Instant due() {
            return due;
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return timer(new Entry(task, now.plus(delay), Duration.ZERO));
    }

    @Override
    public Timer every(Duration interval, Runnable task) {
        return timer(new Entry(task, now.plus(interval), interval));
    }

    private Timer timer(Entry entry) {
        timers.add(entry);
        return () -> timers.remove(entry);
    }

    /** How many timers have not run or been cancelled. */
    public int timers() {
        return timers.size();
    }

    /** Runs what is waiting, and what that adds. */
    public void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** Lets time pass; every timer runs at its own time. */
    public void advance(Duration span) {
        Instant end = now.plus(span);
        runTasks();
        for (Entry next = next(end); next != null; next = next(end)) {
            now = next.due;
            if (next.interval.isZero()) {
                timers.remove(next);
            } else {
                next.due = now.plus(next.interval);
            }
            next.task.run();
            runTasks();
        }
        now = end;
    }

    /** The clock jumps; no timer notices. */
    public void skipTime(Duration span) {
        now = now.plus(span);
    }

    /** The clock on the wall is put forward; timers follow the loop's own time. */
    public void skipClock(Duration span) {
        clockAhead = clockAhead.plus(span);
    }

    private @org.jspecify.annotations.Nullable Entry next(Instant end) {
        return timers.stream()
                .filter(entry -> !entry.due.isAfter(end))
                .min(Comparator.comparing(Entry::due))
                .orElse(null);
    }

    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.plus(clockAhead);
            }
        };
    }
}
