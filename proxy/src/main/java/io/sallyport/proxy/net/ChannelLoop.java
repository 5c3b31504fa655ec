package io.sallyport.proxy.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.sallyport.proxy.session.SessionLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A session's loop is the event loop that both of its sockets are registered with. */
record ChannelLoop(EventLoop loop) implements SessionLoop {
    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return timer(loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public Timer every(Duration interval, Runnable task) {
        long millis = Math.max(1, interval.toMillis());
        return timer(loop.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS));
    }

    private static Timer timer(Future<?> future) {
        return () -> future.cancel(false);
    }
}
