package io.sallyport.proxy.session.fakes;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.proxy.approval.Approvals;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.auth.CredentialSource;
import io.sallyport.proxy.auth.LoginThrottle;
import io.sallyport.proxy.auth.Logins;
import io.sallyport.proxy.auth.Salts;
import io.sallyport.proxy.config.AccessSettings;
import io.sallyport.proxy.config.AuditSettings;
import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.config.BannerStyle;
import io.sallyport.proxy.config.ConnectionSettings;
import io.sallyport.proxy.config.ControlSettings;
import io.sallyport.proxy.config.HoldSettings;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ImpactSettings;
import io.sallyport.proxy.config.Limits;
import io.sallyport.proxy.config.LoopSettings;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.config.PageSettings;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.config.RoleSettings;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.config.Timeouts;
import io.sallyport.proxy.config.TlsSettings;
import io.sallyport.proxy.config.TokenSettings;
import io.sallyport.proxy.console.Console;
import io.sallyport.proxy.console.Watchers;
import io.sallyport.proxy.gate.Gatekeeper;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.MemoryHoldStore;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.kept.KeepingRoom;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.safety.MemoryNets;
import io.sallyport.proxy.safety.RestorePoints;
import io.sallyport.proxy.safety.SafetyOffice;
import io.sallyport.proxy.session.SessionDirectory;
import io.sallyport.proxy.session.SessionServices;
import io.sallyport.proxy.session.WaitingRoom;
import io.sallyport.proxy.token.TokenGuesses;
import io.sallyport.proxy.token.TokenOffice;
import io.sallyport.proxy.token.TokenRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One proxy without sockets: its services, a loop that all its sessions share, and its workers. */
public final class Stage implements AutoCloseable {
    public static final Salts SALTS = new Salts(new byte[32], 4096);
    public static final int WAITING_BYTES = 1 << 20;

    public final ManualLoop loop = new ManualLoop();
    public final SessionDirectory directory = new SessionDirectory();
    public final WaitingRoom waitingRoom = new WaitingRoom(WAITING_BYTES);
    public final ProxyMetrics metrics = new ProxyMetrics();
    public final List<Resolution> ended = new ArrayList<>();
    public final List<Runnable> work = new ArrayList<>();
    public final MemoryHoldStore store = new MemoryHoldStore();
    public final Holds holds;
    public final Approvals approvals;
    private final Console console;
    public final AuditLog audit;
    public final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

    /** Asked anew for every batch. */
    public Supplier<Policy> policy = () -> Policies.TESTED;

    public boolean workersFull;
    public boolean controlFull;
    public boolean votesRecorded = true;

    public final MemoryTokens tokenStore = new MemoryTokens();

    /** What safety nets left behind. */
    public final MemoryNets nets = new MemoryNets();

    /** Says where a restore point is, or why there is none. */
    public RestorePoints restorePoints = name -> "0/3000060";

    public boolean netsFull;

    private final SafetyOffice safety;
    private ProxyConfig config;
    public final Gatekeeper gatekeeper =
            new Gatekeeper(() -> policy.get(), (statement, verdict, subject, observed) -> {}, loop.clock(), false);
    private final Logins logins;

    public Stage() {
        this(new Limits(10, 1 << 20, 1 << 20, 64 << 10, 100), null, false);
    }

    /** Whose logins are judged so, by roles of this source. */
    public Stage(AuthSettings auth, @Nullable CredentialSource roles) {
        this(new Limits(10, 1 << 20, 1 << 20, 64 << 10, 100), null, false, auth, roles, SafetySettings.DEFAULTS);
    }

    public Stage(Limits limits, @Nullable Path auditFile, boolean everyStatement) {
        this(limits, auditFile, everyStatement, AuthSettings.DEFAULTS, null, SafetySettings.DEFAULTS);
    }

    /** With what safety nets are made of. */
    public Stage(SafetySettings safety) {
        this(new Limits(10, 1 << 20, 1 << 20, 64 << 10, 100), null, false, AuthSettings.DEFAULTS, null, safety);
    }

    private Stage(
            Limits limits,
            @Nullable Path auditFile,
            boolean everyStatement,
            AuthSettings auth,
            @Nullable CredentialSource roles,
            SafetySettings safety) {
        HostAndPort upstream = new HostAndPort("db1", 5432);
        HoldSettings hold = new HoldSettings(Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofSeconds(5));
        config = new ProxyConfig(
                ProxyConfig.DEFAULT_LISTEN,
                upstream,
                null,
                null,
                "",
                hold,
                RoleSettings.DEFAULTS,
                limits,
                Timeouts.DEFAULTS,
                new AuditSettings(auditFile, everyStatement),
                LoopSettings.DEFAULTS,
                Duration.ZERO,
                ConnectionSettings.DEFAULTS,
                auth,
                TlsSettings.DEFAULTS,
                PageSettings.DEFAULTS,
                ControlSettings.IN_MEMORY,
                List.of(),
                OidcSettings.DEFAULTS,
                TokenSettings.DEFAULTS,
                AccessSettings.DEFAULTS,
                new ImpactSettings(ImpactSettings.Ask.RULES, Duration.ofSeconds(2), Duration.ofSeconds(10)),
                safety);
        logins = new Logins(auth, roles, SALTS, this::work, loop.clock());
        holds = new Holds(
                loop.clock(),
                hold.expires(),
                new HoldObserver() {
                    @Override
                    public void opened(Hold opened) {
                        console().watchers().opened(opened);
                    }

                    @Override
                    public void changed(Hold changed) {
                        console().watchers().changed(changed);
                    }

                    @Override
                    public void ended(Hold over, Resolution resolution) {
                        ended.add(resolution);
                        console().watchers().ended(over, resolution);
                    }
                },
                store);
        approvals = new Approvals(holds, (code, voter, vote, counted, detail) -> votesRecorded);
        this.safety = SafetyOffice.of(
                safety, null, name -> restorePoints.make(name), nets, this::makeNets, metrics, loop.clock());
        console = new Console(
                holds,
                nets,
                approvals,
                tokenStore.tokens(loop.clock()),
                new Watchers(loop.clock()),
                NoAccessTokens.office().desk(),
                loop.clock(),
                () -> List.<String[]>of(new String[] {"environment", "test"}));
        try {
            audit = AuditLog.open(auditFile, everyStatement);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names what stands behind the proxy, for sessions that begin from now on. */
    public void environment(String name, BannerStyle banner) {
        ConnectionSettings usual = ConnectionSettings.DEFAULTS;
        config = new ProxyConfig(
                config.listen(),
                config.upstream(),
                config.admin(),
                config.policy(),
                name,
                config.hold(),
                config.roles(),
                config.limits(),
                config.timeouts(),
                config.audit(),
                config.loops(),
                config.policyReload(),
                new ConnectionSettings(
                        usual.perAddress(),
                        usual.perRole(),
                        usual.keepAlive(),
                        usual.proxyProtocol(),
                        usual.addressSuffix(),
                        banner),
                config.auth(),
                config.tls(),
                config.page(),
                config.control(),
                config.webhooks(),
                config.oidc(),
                config.token(),
                config.access(),
                config.impact(),
                config.safety());
    }

    /** What answers the sessions' SALLYPORT statements. */
    public Console console() {
        return console;
    }

    SessionServices services() {
        return new SessionServices(
                config,
                new AnalysisCache(1 << 20),
                gatekeeper,
                holds,
                console,
                metrics,
                audit,
                directory,
                waitingRoom,
                this::work,
                this::control,
                loop.clock(),
                logins,
                tokens(),
                safety,
                new KeepingRoom(null, safety.store(), config.safety(), loop.clock()));
    }

    private TokenOffice tokens() {
        return new TokenOffice(
                tokenStore.tokens(loop.clock()),
                new TokenRequests(tokenStore, tokenStore, ControlSettings.IN_MEMORY.keep(), loop.clock()),
                new TokenGuesses());
    }

    private void control(Runnable task) {
        if (controlFull) {
            throw new RejectedExecutionException("queue is full");
        }
        work.add(task);
    }

    private void makeNets(Runnable task) {
        if (netsFull) {
            throw new RejectedExecutionException("queue is full");
        }
        work.add(task);
    }

    private void work(Runnable task) {
        if (workersFull) {
            throw new RejectedExecutionException("queue is full");
        }
        work.add(task);
    }

    public LoginThrottle loginThrottle() {
        return logins.throttle();
    }

    /** Lets the workers do what they were given, and the loop hear of it. */
    public void runWork() {
        List<Runnable> given = List.copyOf(work);
        work.clear();
        given.forEach(Runnable::run);
        loop.runTasks();
    }

    /** The one hold that waits. */
    public Hold waiting() {
        List<Hold> waiting = holds.waiting();
        if (waiting.size() != 1) {
            throw new AssertionError("expected one hold to wait, found " + waiting.size());
        }
        return waiting.get(0);
    }

    /** Ends the one hold that waits, and lets its session hear of it. */
    public void resolve(Resolution resolution) {
        holds.resolve(waiting(), resolution);
        loop.runTasks();
    }

    /** Bytes that no one has given back. */
    public long leaked() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    @Override
    public void close() {
        audit.close();
        metrics.close();
    }
}
