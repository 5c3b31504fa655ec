package io.sallyport.proxy.auth;

import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.config.ProxyConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What logins of all sessions share. */
public final class Logins implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 4_096;

    private final AuthSettings settings;
    private final @Nullable CredentialSource source;
    private final Executor threads;
    private final Turns turns;
    private final LoginThrottle throttle;
    private final Salts salts;

    /**
     * @param source null where nothing is known of any role
     * @param threads looks up and derives; rejects when its queue is full
     */
    public Logins(
            AuthSettings settings, @Nullable CredentialSource source, Salts salts, Executor threads, Clock clock) {
        this.settings = settings;
        this.source = source;
        this.salts = salts;
        this.threads = threads;
        this.turns = new Turns(threads);
        this.throttle = new LoginThrottle(settings.failureDelay(), clock);
    }

    /** @throws IOException when the userlist cannot be used; the message says where and why */
    public static Logins open(ProxyConfig config, Clock clock) throws IOException {
        AuthSettings auth = config.auth();
        Salts salts = Salts.of(auth);
        List<CredentialSource> sources = new ArrayList<>();
        if (auth.mode() != AuthSettings.Mode.RELAY && auth.userlist() != null) {
            sources.add(UserlistFile.open(auth.userlist(), clock, salts));
        }
        if (auth.mode() == AuthSettings.Mode.TERMINATE && !auth.queryUser().isEmpty()) {
            sources.add(new AuthQuery(auth, config.upstream(), config.tls().upstream(), clock));
        }
        return new Logins(auth, sources.isEmpty() ? null : firstOf(sources), salts, pool(), clock);
    }

    private static CredentialSource firstOf(List<CredentialSource> sources) {
        return role -> {
            for (CredentialSource source : sources) {
                Credential found = source.find(role);
                if (found != null) {
                    return found;
                }
            }
            return null;
        };
    }

    public AuthSettings settings() {
        return settings;
    }

    /** Blocks: in {@link #execute} only. */
    public @Nullable Credential find(String role) throws LookupFailedException {
        return source == null ? null : source.find(role);
    }

    /**
     * Looks up or derives, elsewhere; callers take turns.
     *
     * @param client `address:port`
     * @throws java.util.concurrent.RejectedExecutionException when too much waits already
     */
    public void execute(String client, Runnable work) {
        turns.execute(Networks.of(client), work);
    }

    public LoginThrottle throttle() {
        return throttle;
    }

    public Salts salts() {
        return salts;
    }

    @Override
    public void close() {
        if (threads instanceof ExecutorService service) {
            service.shutdownNow();
        }
    }

    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "login");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
