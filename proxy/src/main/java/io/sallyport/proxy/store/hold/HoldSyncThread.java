package io.sallyport.proxy.store.hold;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this replica and the control database of one mind: at once where PostgreSQL notifies, otherwise every two
 * seconds. A signal that is lost is made up for by the next round.
 */
public final class HoldSyncThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HoldSyncThread.class);
    private static final long ROUND_MILLIS = 2_000;
    private static final int MOST_SIGNALS = 10_000;
    private static final int LISTEN_MILLIS = 1_000;

    /** How long the end of the proxy waits for its last words. */
    private static final long PATIENCE_MILLIS = 3_000;

    /** No code of a hold: something waits to be written down. */
    private static final String WRITE = "";

    private final SqlHoldStore store;
    private final HoldSync sync;
    private final BlockingQueue<String> signals = new ArrayBlockingQueue<>(MOST_SIGNALS);
    private final Thread worker = daemon("control-sync", this::work);
    private final Thread listener = daemon("control-listen", this::listen);
    private volatile boolean closed;

    private HoldSyncThread(SqlHoldStore store, Holds holds, Clock clock, String name) {
        this.store = store;
        this.sync = new HoldSync(store, holds, clock, name);
    }

    /** @param name how people know this replica */
    public static HoldSyncThread start(SqlHoldStore store, Holds holds, Clock clock, String name) {
        HoldSyncThread thread = new HoldSyncThread(store, holds, clock, name);
        store.onWrite(() -> thread.signals.offer(WRITE));
        thread.worker.start();
        if (store.database().shared()) {
            thread.listener.start();
        }
        return thread;
    }

    /** How many proxies use the control database, as far as known. */
    public int replicas() {
        return sync.replicas();
    }

    /** How many holds the control database does not know of as they are now. */
    public int unwritten() {
        return store.writes().size();
    }

    private void work() {
        long next = System.nanoTime();
        while (!closed) {
            try {
                long left = TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime());
                String signal = left <= 0 ? null : signals.poll(left, TimeUnit.MILLISECONDS);
                if (signal == null || !sync.registered()) {
                    next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);
                    sync.all();
                } else if (signal.equals(WRITE)) {
                    store.writes().flush();
                } else {
                    sync.refresh(HoldCode.parse(signal));
                }
            } catch (StoreUnavailable away) {
                // Told by the database itself, once.
                log.debug("a round is left out", away);
            } catch (InterruptedException closing) {
                return;
            } catch (RuntimeException fault) {
                log.error("what the control database says could not be taken over", fault);
            }
        }
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = store.database().connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + SqlHoldStore.CHANNEL);
                PGConnection notified = connection.unwrap(PGConnection.class);
                while (!closed) {
                    for (PGNotification notification : notified.getNotifications(LISTEN_MILLIS)) {
                        heard(notification.getParameter());
                    }
                }
            } catch (SQLException | RuntimeException away) {
                log.debug("nothing is heard of the control database", away);
                pause();
            }
        }
    }

    private void heard(String payload) {
        int space = payload.indexOf(' ');
        if (space > 0 && !payload.substring(0, space).equals(store.replica())) {
            boolean taken = signals.offer(payload.substring(space + 1));
            log.trace("heard of {}, {}", payload, taken);
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes down what is left, where the control database answers soon. */
    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        Thread last = daemon("control-leave", () -> {
            try {
                worker.join(PATIENCE_MILLIS);
                sync.leave();
            } catch (StoreUnavailable away) {
                log.warn("{} holds could not be written to the control database", unwritten());
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        });
        last.start();
        try {
            last.join(PATIENCE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
