package io.sallyport.proxy;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.proxy.access.AccessOffice;
import io.sallyport.proxy.admin.web.ApprovalWeb;
import io.sallyport.proxy.approval.Approvals;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.auth.Logins;
import io.sallyport.proxy.auth.PasswordLogin;
import io.sallyport.proxy.config.ImpactSettings;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.console.Console;
import io.sallyport.proxy.console.Watchers;
import io.sallyport.proxy.gate.Gatekeeper;
import io.sallyport.proxy.grant.ScriptGrants;
import io.sallyport.proxy.hold.HoldFeed;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.kept.KeptOffice;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.net.ProxyListener;
import io.sallyport.proxy.oidc.Oidc;
import io.sallyport.proxy.policy.PolicyInForce;
import io.sallyport.proxy.safety.SafetyOffice;
import io.sallyport.proxy.session.Session;
import io.sallyport.proxy.session.SessionDirectory;
import io.sallyport.proxy.session.SessionServices;
import io.sallyport.proxy.session.WaitingRoom;
import io.sallyport.proxy.store.Availability;
import io.sallyport.proxy.token.TokenOffice;
import io.sallyport.proxy.webhook.Webhooks;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy, put together and running. */
public final class ProxyServer implements AutoCloseable {
    private static final long ANALYSIS_CACHE_BYTES = 64L << 20;
    private static final Logger log = LoggerFactory.getLogger(ProxyServer.class);
    private static final String OBSERVING = "OBSERVING: what the policy would stop is recorded and let through";

    private final ProxyListener listener;
    private final SessionDirectory directory;
    private final ExecutorService workers;
    private final Logins logins;
    private final ControlSide control;
    private final SafetyOffice safety;
    private final KeptOffice kept;
    private final Webhooks webhooks;
    private final ApprovalWeb.Desk desk;
    private final ApprovalWeb.Identity identity;
    private volatile boolean accepting = true;

    private ProxyServer(
            ProxyListener listener,
            SessionDirectory directory,
            ExecutorService workers,
            Logins logins,
            ControlSide control,
            SafetyOffice safety,
            KeptOffice kept,
            Webhooks webhooks,
            ApprovalWeb.Desk desk,
            ApprovalWeb.Identity identity) {
        this.desk = desk;
        this.identity = identity;
        this.listener = listener;
        this.directory = directory;
        this.workers = workers;
        this.logins = logins;
        this.control = control;
        this.safety = safety;
        this.kept = kept;
        this.webhooks = webhooks;
    }

    /**
     * Binds the port and starts to serve. Metrics and audit stay the caller's to close, after this.
     *
     * @param policy asked anew for every batch, so that a reloaded policy counts at once
     * @throws IOException when the port cannot be bound; the message says which and why
     */
    public static ProxyServer start(ProxyConfig config, Supplier<Policy> policy, ProxyMetrics metrics, AuditLog audit)
            throws IOException {
        String named = config.policy() == null ? "built-in" : config.policy().toString();
        return start(config, policy, () -> List.<String[]>of(new String[] {"policy", named}), metrics, audit);
    }

    /** As {@link #start(ProxyConfig, Supplier, ProxyMetrics, AuditLog)}, and tells in its status which policy is in force. */
    public static ProxyServer start(ProxyConfig config, PolicyInForce policy, ProxyMetrics metrics, AuditLog audit)
            throws IOException {
        return start(config, policy, policy::status, metrics, audit);
    }

    private static ProxyServer start(
            ProxyConfig config,
            Supplier<Policy> policy,
            Supplier<List<String[]>> policyStatus,
            ProxyMetrics metrics,
            AuditLog audit)
            throws IOException {
        Started started = new Started();
        try {
            return start(config, policy, policyStatus, metrics, audit, started);
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static ProxyServer start(
            ProxyConfig config,
            Supplier<Policy> policy,
            Supplier<List<String[]>> policyStatus,
            ProxyMetrics metrics,
            AuditLog audit,
            Started started)
            throws IOException {
        Clock clock = Clock.systemUTC();
        SessionDirectory directory = new SessionDirectory();
        Records records = new Records(metrics, audit, clock);
        HoldFeed feed = new HoldFeed(records);
        // Before the control side, which may find holds at once whose proxy is gone.
        Webhooks webhooks = started.add(Webhooks.open(config, metrics.webhooks(), clock));
        feed.watch(webhooks);
        Watchers watchers = new Watchers(clock);
        feed.watch(watchers);
        metrics.countWatchers(watchers::size);
        ControlSide control = started.add(ControlSide.start(config, feed, metrics, clock));
        Holds holds = control.holds();
        Approvals approvals = new Approvals(
                holds, records, () -> policy.get().people(), config.oidc().unmapped(), clock);
        TokenOffice tokens = control.tokens(
                records,
                new TokenFeed(records, watchers),
                () -> policy.get().people(),
                config.oidc().unmapped());
        AccessOffice access = control.access(records, () -> policy.get().people());
        SafetyOffice safety = started.add(SafetyOffice.open(config, control.nets(), metrics, clock));
        KeptOffice kept = started.add(KeptOffice.open(config, safety, holds, audit, metrics, clock));
        Console console = new Console(
                holds,
                safety.store(),
                approvals,
                tokens.tokens(),
                watchers,
                access.desk(),
                clock,
                () -> status(config, policy.get(), policyStatus.get(), directory, control));
        if (policy.get().observes()) {
            log.warn("mode: {}", OBSERVING);
        }
        Oidc oidc = Oidc.open(config.oidc(), clock);
        Logins logins = started.add(Logins.open(config, clock));
        ExecutorService workers = StatementWorkers.open();
        started.add((AutoCloseable) workers::shutdownNow);
        SessionServices services = new SessionServices(
                config,
                new AnalysisCache(ANALYSIS_CACHE_BYTES),
                new Gatekeeper(policy, records, clock, config.impact().estimate() == ImpactSettings.Ask.HOLDS),
                holds,
                console,
                metrics,
                audit,
                directory,
                WaitingRoom.ofThisProcess(),
                workers,
                control.workers(),
                clock,
                logins,
                tokens,
                safety,
                kept.room());
        return new ProxyServer(
                ProxyListener.open(services),
                directory,
                workers,
                logins,
                control,
                safety,
                kept,
                webhooks,
                new ApprovalWeb.Desk(
                        holds,
                        safety.store(),
                        kept.undos(),
                        approvals,
                        feed,
                        tokens.tokens(),
                        new ScriptGrants(policy, tokens.tokens(), clock)),
                new ApprovalWeb.Identity(new PasswordLogin(config), oidc, access, logins.throttle(), records));
    }

    /** The port that clients connect to. */
    public int port() {
        return listener.port();
    }

    /** Whether new connections are taken. */
    public boolean ready() {
        return accepting;
    }

    /** Whether the control database answers: while it does not, nothing can be approved. */
    public Availability control() {
        return control.availability();
    }

    /** What an approver's page decides on. */
    public ApprovalWeb.Desk desk() {
        return desk;
    }

    /** How an approver is known there. */
    public ApprovalWeb.Identity identity() {
        return identity;
    }

    public int sessions() {
        return directory.size();
    }

    /**
     * Takes no new connections, ends holds, and ends each session once it is idle outside of a transaction; what is
     * left at the deadline is ended then.
     */
    public void drain(Duration deadline) {
        accepting = false;
        listener.stopAccepting();
        directory.all().forEach(Session::shutDown);
        long end = System.nanoTime() + deadline.toNanos();
        while (directory.size() > 0 && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        directory.all().forEach(Session::terminate);
    }

    @Override
    public void close() {
        accepting = false;
        listener.stopAccepting();
        directory.all().forEach(Session::terminate);
        listener.close();
        workers.shutdownNow();
        logins.close();
        kept.close();
        safety.close();
        control.close();
        // Last: how the holds ended is told too.
        webhooks.close();
    }

    private static List<String[]> status(
            ProxyConfig config,
            Policy policy,
            List<String[]> policyRows,
            SessionDirectory directory,
            ControlSide control) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"environment", config.environment()});
        rows.add(new String[] {"server", config.upstream().toString()});
        rows.addAll(policyRows);
        rows.add(new String[] {"mode", policy.observes() ? OBSERVING : "enforcing"});
        rows.add(new String[] {"sessions", Integer.toString(directory.size())});
        rows.add(new String[] {
            "holds waiting", Integer.toString(control.holds().waiting().size())
        });
        rows.addAll(control.status());
        if (!config.page().url().isEmpty()) {
            rows.add(new String[] {"page", config.page().url()});
        }
        rows.add(new String[] {"holds expire after", config.hold().expires().toString()});
        return rows;
    }
}
