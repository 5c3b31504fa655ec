package io.sallyport.proxy.session;

import java.time.Duration;
import java.util.function.Consumer;

/** A loop whose tasks all run under the session's guard: a fault in one ends the session, like one in a handler. */
record GuardedLoop(SessionLoop loop, Consumer<Runnable> guard) implements SessionLoop {
    @Override
    public void execute(Runnable task) {
        loop.execute(() -> guard.accept(task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return loop.schedule(delay, () -> guard.accept(task));
    }

    @Override
    public Timer every(Duration interval, Runnable task) {
        return loop.every(interval, () -> guard.accept(task));
    }
}
