package io.sallyport.proxy.kept;

import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.auth.QueryRole;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.safety.SafetyOffice;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Kept rows of one proxy: where they are put, who brings them back, and who looks after them. */
public record KeptOffice(KeepingRoom room, UndoDesk undos, ScheduledExecutorService timer) implements AutoCloseable {
    private static final int THREADS = 2;
    private static final Duration ROUND = Duration.ofHours(1);

    /** As configured; where no service role is named, nothing is kept. */
    public static KeptOffice open(
            ProxyConfig config, SafetyOffice safety, Holds holds, AuditLog audit, ProxyMetrics metrics, Clock clock) {
        QueryRole role = QueryRole.ofSafety(config);
        KeepingRoom room = new KeepingRoom(role, safety.store(), config.safety(), clock);
        // Of its own: bringing back takes minutes, and nobody who keeps rows waits for that.
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "kept-rows");
            thread.setDaemon(true);
            return thread;
        });
        UndoDesk undos =
                new UndoDesk(holds, safety.store(), new Undoing(room, safety.store(), metrics), audit, timer, clock);
        if (role != null) {
            Duration keepFor = config.safety().keeping().keepFor();
            long round = (keepFor.compareTo(ROUND) < 0 ? keepFor : ROUND).toMillis();
            var unused = timer.scheduleWithFixedDelay(
                    new KeptHousekeeping(room, safety.store(), clock), round, round, TimeUnit.MILLISECONDS);
        }
        return new KeptOffice(room, undos, timer);
    }

    @Override
    public void close() {
        undos.close();
        timer.shutdownNow();
    }
}
