package io.sallyport.proxy.store;

import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.proxy.config.ControlSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control database: H2 in a file or in memory for one process, PostgreSQL for several. It may be away at any time,
 * also when the proxy starts: calls fail then, and the tables are made as soon as it answers.
 */
public final class ControlDatabase implements AutoCloseable {
    /** A piece of work within one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Handle handle);
    }

    private static final Logger log = LoggerFactory.getLogger(ControlDatabase.class);
    private static final int THREADS = 4;
    private static final int MOST_QUEUED = 256;

    /** While it is away, whoever asks waits for one attempt in this time, not for one each. */
    private static final long ATTEMPT_EVERY_MILLIS = 1_000;

    private final ControlSettings settings;
    private final Clock clock;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ThreadPoolExecutor workers;
    private volatile Availability availability = Availability.UP;
    private volatile boolean migrated;
    private volatile Instant nextAttempt = Instant.MIN;

    private ControlDatabase(ControlSettings settings, Clock clock, HikariDataSource pool) {
        this.settings = settings;
        this.clock = clock;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.workers = newWorkers();
    }

    /**
     * Opens it, and tries it once.
     *
     * @throws IOException where it can never work: a file that cannot be written, or that another process has
     */
    public static ControlDatabase open(ControlSettings settings, Clock clock) throws IOException {
        ControlDatabase database = new ControlDatabase(settings, clock, ControlPool.of(settings));
        try {
            database.call(handle -> handle.createQuery("SELECT count(*) FROM replica")
                    .mapTo(Integer.class)
                    .one());
        } catch (StoreUnavailable away) {
            if (!settings.shared()) {
                database.close();
                throw new IOException(
                        "control.url: " + settings.url() + " cannot be used: " + ControlPool.cause(away)
                                + "; another process may have it: give each proxy a file of its own, or"
                                + " jdbc:h2:mem: to keep nothing, or PostgreSQL to share it",
                        away);
            }
            log.error("nothing can be approved until the control database answers: {}", away.getMessage());
        }
        return database;
    }

    /** Whether several proxies use it. */
    public boolean shared() {
        return settings.shared();
    }

    public ControlSettings settings() {
        return settings;
    }

    public Availability availability() {
        return availability;
    }

    /** For work that calls it; rejects when too much waits already. */
    public Executor workers() {
        return workers;
    }

    /**
     * Does all of the work, or nothing of it.
     *
     * @throws StoreUnavailable when it cannot be known to have been done
     */
    public <T> T call(Work<T> work) throws StoreUnavailable {
        Availability before = availability;
        if (!before.up() && clock.instant().isBefore(nextAttempt)) {
            throw new StoreUnavailable(before.why(), new IllegalStateException("away since " + before.downSince()));
        }
        try {
            migrate();
            T result = Objects.requireNonNull(jdbi.inTransaction(work::with));
            answered();
            return result;
        } catch (RuntimeException failed) {
            throw unavailable(failed);
        }
    }

    /** For hearing what others did; to be closed. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    private void migrate() {
        if (!migrated) {
            migrateOnce();
        }
    }

    private synchronized void migrateOnce() {
        if (migrated) {
            return;
        }
        Flyway.configure()
                .dataSource(pool)
                .schemas(ControlPool.SCHEMA)
                .createSchemas(true)
                .locations("classpath:io/sallyport/proxy/store/migration")
                .load()
                .migrate();
        migrated = true;
    }

    private synchronized void answered() {
        if (!availability.up()) {
            availability = Availability.UP;
            log.info("the control database answers again");
        }
    }

    private synchronized StoreUnavailable unavailable(RuntimeException failed) {
        String why = ControlPool.cause(failed);
        if (!ControlPool.away(failed)) {
            log.error("the control database refused", failed);
            return new StoreUnavailable(why, failed);
        }
        Instant now = clock.instant();
        nextAttempt = now.plusMillis(ATTEMPT_EVERY_MILLIS);
        Instant since = availability.downSince();
        if (since == null) {
            log.error("the control database is away: {}", why);
        }
        availability = new Availability(since == null ? now : since, why);
        return new StoreUnavailable(why, failed);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        if (!settings.shared()) {
            shutDown();
        }
        pool.close();
    }

    /** H2 stays open by itself, so that no change of connections closes it. */
    private void shutDown() {
        try {
            jdbi.useHandle(handle -> handle.execute("SHUTDOWN"));
        } catch (RuntimeException closed) {
            log.debug("the control database was closed already", closed);
        }
    }

    private static ThreadPoolExecutor newWorkers() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_QUEUED), task -> {
                    Thread thread = new Thread(task, "control-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }
}
