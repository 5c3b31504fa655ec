package io.sallyport.proxy.safety;

import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.proxy.auth.QueryRole;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.metrics.ProxyMetrics;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The safety nets of one proxy, and who does their work.
 *
 * @param workers rejects when too much waits already
 */
public record SafetyOffice(SafetyNets nets, NetStore store, Executor workers) implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int MOST_QUEUED = 256;

    /** As configured. */
    public static SafetyOffice open(ProxyConfig config, NetStore store, ProxyMetrics metrics, Clock clock) {
        QueryRole role = QueryRole.ofSafety(config);
        RestorePoints points = role == null
                ? name -> {
                    throw new IllegalStateException("no service role is named");
                }
                : new ServerRestorePoints(role);
        return of(config.safety(), role, points, store, threads(), metrics, clock);
    }

    /** With whoever makes restore points; where no role asks the server, its archiver is no source. */
    public static SafetyOffice of(
            SafetySettings settings,
            @Nullable QueryRole role,
            RestorePoints points,
            NetStore store,
            Executor workers,
            ProxyMetrics metrics,
            Clock clock) {
        Map<SafetyNet, RecentReading> readings = new EnumMap<>(SafetyNet.class);
        BackupSource backups = backups(settings, role);
        if (backups != null) {
            readings.put(SafetyNet.BACKUP_WITHIN, new RecentReading(backups, clock));
        }
        String tests = settings.restoreTests().isEmpty() && settings.source() == SafetySettings.Source.JSON
                ? settings.location()
                : settings.restoreTests();
        if (!tests.isEmpty()) {
            BackupSource source = document(settings, tests, DocumentSource.Format.RESTORE_TEST);
            readings.put(SafetyNet.RESTORE_TESTED_WITHIN, new RecentReading(source, clock));
        }
        return new SafetyOffice(new SafetyNets(settings, readings, points, store, metrics, clock), store, workers);
    }

    private static @Nullable BackupSource backups(SafetySettings settings, @Nullable QueryRole role) {
        return switch (settings.source()) {
            case NONE -> null;
            case ARCHIVER -> role == null ? null : new ArchiverSource(role);
            case PGBACKREST -> document(settings, settings.location(), DocumentSource.Format.PGBACKREST);
            case BARMAN -> document(settings, settings.location(), DocumentSource.Format.BARMAN);
            case JSON -> document(settings, settings.location(), DocumentSource.Format.JSON);
        };
    }

    private static BackupSource document(SafetySettings settings, String location, DocumentSource.Format format) {
        return new DocumentSource(Place.of(location, settings.ca(), settings.timeout()), format, settings.stanza());
    }

    /** Threads apart from those that read statements: a slow backup server delays nobody else. */
    private static ThreadPoolExecutor threads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_QUEUED), task -> {
                    Thread thread = new Thread(task, "safety-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public void close() {
        if (workers instanceof ExecutorService threads) {
            threads.shutdownNow();
        }
    }
}
