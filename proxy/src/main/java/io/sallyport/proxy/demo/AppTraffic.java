package io.sallyport.proxy.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The shop's program at work: transactions of prepared statements as an ORM sends them, on one connection in a thread of
 * its own. It writes and deletes rows all the time, and nobody may notice that somebody else is waiting.
 */
final class AppTraffic implements AutoCloseable {
    private static final long PAUSE_MILLIS = 5;

    private final Connection connection;
    private final Thread thread = new Thread(this::run, "demo-app");
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Long> latencies = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private @Nullable SQLException failure;

    /** Works on a connection that it closes in the end. */
    AppTraffic(Connection connection) {
        this.connection = connection;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (Connection own = connection) {
            own.setAutoCommit(false);
            // Newer users only: those that alice's corrected DELETE removes buy nothing meanwhile.
            long customer = SampleShop.OLD_USERS;
            while (!stop.get()) {
                long begin = System.nanoTime();
                buy(own, ++customer);
                customer = customer == SampleShop.USERS ? SampleShop.OLD_USERS : customer;
                note(System.nanoTime() - begin, null);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (SQLException e) {
            note(0, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One transaction: look the customer up, order, pay, and clear another order away. */
    private static void buy(Connection shop, long customer) throws SQLException {
        try (PreparedStatement find = shop.prepareStatement("SELECT email FROM users WHERE id = ?");
                PreparedStatement order =
                        shop.prepareStatement("INSERT INTO orders (user_id, amount) VALUES (?, ?) RETURNING id");
                PreparedStatement pay = shop.prepareStatement("UPDATE orders SET status = 'paid' WHERE id = ?");
                PreparedStatement clear =
                        shop.prepareStatement("DELETE FROM orders WHERE id = ? AND status = 'paid'")) {
            find.setLong(1, customer);
            find.executeQuery().close();
            for (int i = 0; i < 2; i++) {
                order.setLong(1, customer);
                order.setInt(2, 42);
                long id;
                try (ResultSet row = order.executeQuery()) {
                    row.next();
                    id = row.getLong(1);
                }
                pay.setLong(1, id);
                pay.executeUpdate();
                if (i == 1) {
                    clear.setLong(1, id);
                    clear.executeUpdate();
                }
            }
            shop.commit();
        }
    }

    private void note(long nanos, @Nullable SQLException error) {
        lock.lock();
        try {
            if (error == null) {
                latencies.add(nanos);
            } else {
                failure = error;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@code more} transactions were committed from now on; the report is of those alone. */
    TrafficReport awaitMore(int more, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            int from = latencies.size();
            long left = patience.toNanos();
            while (latencies.size() < from + more && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            return TrafficReport.of(latencies.subList(from, latencies.size()), failure);
        } finally {
            lock.unlock();
        }
    }

    /** Lets the transaction under way end, and reports all. */
    TrafficReport finish() throws InterruptedException {
        stop.set(true);
        thread.join();
        return TrafficReport.of(latencies, failure);
    }

    @Override
    public void close() throws SQLException {
        stop.set(true);
        connection.close();
    }
}
