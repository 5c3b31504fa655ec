package io.sallyport.proxy;

import io.sallyport.policies.approval.People;
import io.sallyport.proxy.access.AccessDesk;
import io.sallyport.proxy.access.AccessOffice;
import io.sallyport.proxy.access.AccessProof;
import io.sallyport.proxy.access.AccessStore;
import io.sallyport.proxy.access.AccessTerms;
import io.sallyport.proxy.access.SqlAccessStore;
import io.sallyport.proxy.auth.RoleQuery;
import io.sallyport.proxy.config.ControlSettings;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.safety.NetStore;
import io.sallyport.proxy.safety.SqlNetStore;
import io.sallyport.proxy.store.Availability;
import io.sallyport.proxy.store.ControlDatabase;
import io.sallyport.proxy.store.hold.HoldSyncThread;
import io.sallyport.proxy.store.hold.SqlHoldStore;
import io.sallyport.proxy.store.token.SqlTokenStore;
import io.sallyport.proxy.token.TokenGuesses;
import io.sallyport.proxy.token.TokenObserver;
import io.sallyport.proxy.token.TokenOffice;
import io.sallyport.proxy.token.TokenRequests;
import io.sallyport.proxy.token.TokenStore;
import io.sallyport.proxy.token.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The control database of a running proxy, and the holds that are in it. */
final class ControlSide implements AutoCloseable {
    private final ProxyConfig config;
    private final Clock clock;
    private final ControlDatabase database;
    private final Holds holds;
    private final HoldSyncThread sync;

    private ControlSide(ProxyConfig config, Clock clock, ControlDatabase database, Holds holds, HoldSyncThread sync) {
        this.config = config;
        this.clock = clock;
        this.database = database;
        this.holds = holds;
        this.sync = sync;
    }

    /** @throws IOException where it can never be used; one that is only away does not keep the proxy from starting */
    static ControlSide start(ProxyConfig config, HoldObserver observer, ProxyMetrics metrics, Clock clock)
            throws IOException {
        ControlDatabase database = ControlDatabase.open(config.control(), clock);
        String replica = UUID.randomUUID().toString().replace("-", "");
        SqlHoldStore store = new SqlHoldStore(database, clock, replica);
        Holds holds = new Holds(clock, config.hold().expires(), observer, store);
        HoldSyncThread sync = HoldSyncThread.start(store, holds, clock, host() + " " + config.listen());
        metrics.watchControl(() -> database.availability().up(), sync::unwritten, sync::replicas);
        return new ControlSide(config, clock, database, holds, sync);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unnamed";
        }
    }

    Holds holds() {
        return holds;
    }

    /** Approval tokens, which only the control database knows. */
    TokenOffice tokens(
            Records records, TokenObserver observer, Supplier<People> people, OidcSettings.Unmapped unmapped) {
        TokenStore store = new SqlTokenStore(database);
        TokenRequests requests =
                new TokenRequests(store, observer, config.control().keep(), clock);
        Tokens tokens = new Tokens(store, requests, records, observer, people, unmapped, config.token(), clock);
        return new TokenOffice(tokens, requests, new TokenGuesses());
    }

    /** Personal access tokens, which only the control database knows. */
    AccessOffice access(Records records, Supplier<People> people) {
        AccessStore store = new SqlAccessStore(database, config.control().keep(), clock);
        AccessTerms terms = new AccessTerms(config.access(), config.page().longest(), RoleQuery.of(config, clock));
        return new AccessOffice(new AccessDesk(store, terms, people, records), new AccessProof(store, terms));
    }

    /** What safety nets left behind. */
    NetStore nets() {
        return new SqlNetStore(database, config.control().keep(), clock);
    }

    Executor workers() {
        return database.workers();
    }

    Availability availability() {
        return database.availability();
    }

    /** Pairs of item and value. */
    List<String[]> status() {
        ControlSettings settings = database.settings();
        Availability now = database.availability();
        String kept = settings.shared() ? "PostgreSQL" : settings.file() == null ? "in memory" : "a file";
        String state = now.up() ? kept : kept + ", away since " + now.downSince() + ": nothing can be approved";
        return List.of(
                new String[] {"control database", state}, new String[] {"replicas", Integer.toString(sync.replicas())});
    }

    @Override
    public void close() {
        sync.close();
        database.close();
    }
}
