package io.sallyport.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What the proxy counts. Every method is cheap, never throws for odd values, and may be called from any thread. */
public final class ProxyMetrics implements AutoCloseable {
    private static final String ALLOW = "allow";
    private static final int MOST_RULES = 300;
    private static final int MOST_CODES = 50;
    private static final long[] JUDGED_BUCKETS_MICROS = {
        10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmMetrics jvm = new JvmMetrics(registry);
    private final HoldMetrics holds = new HoldMetrics(registry);
    private final PolicyMetrics policy = new PolicyMetrics(registry);
    private final TlsMetrics tls = new TlsMetrics(registry);
    private final BudgetMetrics budgets = new BudgetMetrics(registry);
    private final WebhookMetrics webhooks = new WebhookMetrics(registry);
    private final AtomicInteger sessions = new AtomicInteger();
    private final Counter sessionsOpened = counter("sallyport.sessions.opened", "Client connections accepted");
    private final LabelledCounters statements =
            new LabelledCounters(registry, "sallyport.statements", "Statements by decision and rule", MOST_RULES);
    private final Counter allowed = statements.of(Tags.of("decision", ALLOW), "rule", "");
    private final Counter fromClient = relayedBytes("client_to_server");
    private final Counter fromServer = relayedBytes("server_to_client");
    private final Timer judged = Timer.builder("sallyport.judged")
            .description("Time that judging adds: from a batch read whole to its first byte sent on")
            .serviceLevelObjectives(judgedBuckets())
            .register(registry);
    private final LabelledCounters refusals =
            new LabelledCounters(registry, "sallyport.refusals", "Errors that the proxy itself sent", MOST_CODES);
    private final LabelledCounters delays =
            new LabelledCounters(registry, "sallyport.delays", "Delays that ended, by how", 10);
    private final LabelledCounters confirmations =
            new LabelledCounters(registry, "sallyport.confirmations", "What became of names to be typed", 10);
    private final LabelledCounters tokens =
            new LabelledCounters(registry, "sallyport.tokens", "What became of approval tokens", 10);
    private final LabelledCounters accessTokens =
            new LabelledCounters(registry, "sallyport.access.tokens", "Personal access tokens made and revoked", 5);
    private final LabelledCounters estimates = new LabelledCounters(
            registry, "sallyport.impact.estimates", "Statements whose rows the server was asked to estimate", 5);
    private final LabelledCounters undos = new LabelledCounters(
            registry, "sallyport.undo", "Kept rows that were to be brought back, by what became of it", 10);
    private final LabelledCounters effects =
            new LabelledCounters(registry, "sallyport.effects", "Transactions that were looked at before COMMIT", 10);
    private final LabelledCounters safetyNets =
            new LabelledCounters(registry, "sallyport.safety.nets", "Safety nets, by what became of them", 50);
    private final LabelledCounters observed = new LabelledCounters(
            registry,
            "sallyport.observed",
            "Statements that a policy would have stopped, and only observed",
            MOST_RULES);
    private final LabelledCounters violations =
            new LabelledCounters(registry, "sallyport.protocol.violations", "Connections ended over bad bytes", 10);
    private final LabelledCounters failedLogins =
            new LabelledCounters(registry, "sallyport.logins.failed", "Logins that failed, by reason", 20);
    private final LabelledCounters refusedConnections =
            new LabelledCounters(registry, "sallyport.connections.refused", "Client connections refused, by why", 15);
    private final Counter connectFailures =
            counter("sallyport.upstream.connect.failures", "Connections to the server that could not be made");
    private final Counter glassBroken =
            counter("sallyport.break.glass", "Holds that their requester released alone, in an emergency");
    private final Counter disagreements = counter(
            "sallyport.reading.disagreements", "Statements in which the parser saw something else than the tokens say");
    private final Counter selfCheckFailures =
            counter("sallyport.selfcheck.mismatches", "Statements of which the server says that it ran something else");
    private final AuditMetrics audit = new AuditMetrics(registry);

    public ProxyMetrics() {
        Gauge.builder("sallyport.sessions", sessions, AtomicInteger::get)
                .description("Client connections now")
                .register(registry);
    }

    public void sessionOpened() {
        sessions.incrementAndGet();
        sessionsOpened.increment();
    }

    public void sessionClosed() {
        sessions.decrementAndGet();
    }

    /** The rule is a label only where something was not simply allowed. */
    public void statementDecided(String decision, String rule) {
        if (decision.equals(ALLOW)) {
            allowed.increment();
        } else {
            statements.of(Tags.of("decision", decision), "rule", rule).increment();
        }
    }

    /** A policy that only observes would have decided so. */
    public void statementObserved(String decision, String rule) {
        if (!decision.equals(ALLOW)) {
            observed.of(Tags.of("decision", decision), "rule", rule).increment();
        }
    }

    /** The outcome is one of run, withdrawn, shutdown, server_lost, void. */
    public void delayEnded(String outcome) {
        delays.of(Tags.empty(), "outcome", outcome).increment();
    }

    /** The event is one of asked, wrong_name, typed, run, expired. */
    public void confirmation(String event) {
        confirmations.of(Tags.empty(), "event", event).increment();
    }

    /** The event is one of requested, granted, presented, malformed, misplaced, used, given_back, refused. */
    public void token(String event) {
        tokens.of(Tags.empty(), "event", event).increment();
    }

    /** The outcome is one of ok, escalated, not_met, unable, failed. */
    public void safetyNet(String net, String outcome) {
        safetyNets.of(Tags.of("net", net), "outcome", outcome).increment();
    }

    /** The outcome is one of undone, drifted, failed, unclear. */
    public void undone(String outcome) {
        undos.of(Tags.empty(), "outcome", outcome).increment();
    }

    /** The event is made or revoked. */
    public void accessToken(String event) {
        accessTokens.of(Tags.empty(), "event", event).increment();
    }

    /** The outcome is told or unknown. */
    public void estimated(String outcome) {
        estimates.of(Tags.empty(), "outcome", outcome).increment();
    }

    /** The server ran something else than what was judged. */
    public void selfCheckFailed() {
        selfCheckFailures.increment();
    }

    /** The outcome is committed, held, denied, beyond, observed, unmeasured, rehearsed, unrehearsed or failed. */
    public void effects(String outcome) {
        effects.of(Tags.empty(), "outcome", outcome).increment();
    }

    public void holdOpened() {
        holds.opened();
    }

    /** The outcome is one of approved, break_glass, rejected, expired, withdrawn, shutdown, server_lost. */
    public void holdEnded(String outcome, Duration waited) {
        holds.ended(outcome, waited);
    }

    /** The count is of sessions that watch holds. */
    public void countWatchers(IntSupplier count) {
        holds.watchers(count);
    }

    public void glassBroken() {
        glassBroken.increment();
    }

    public void relayed(boolean fromClient, long bytes) {
        (fromClient ? this.fromClient : fromServer).increment((double) bytes);
    }

    public void judged(long nanos) {
        judged.record(nanos, TimeUnit.NANOSECONDS);
    }

    public void refused(String sqlState) {
        refusals.of(Tags.empty(), "sqlstate", sqlState).increment();
    }

    /**
     * The reason is one of connections, connections_per_address, connections_per_role, name, replication, policy, startup_timeout,
     * proxy_header.
     */
    public void connectionRefused(String reason) {
        refusedConnections.of(Tags.empty(), "reason", reason).increment();
    }

    /** The leg is client or server. */
    public void protocolViolation(String leg) {
        violations.of(Tags.empty(), "leg", leg).increment();
    }

    /** The reason is one of a fixed few, as docs/metrics.md lists them. */
    public void loginFailed(String reason) {
        failedLogins.of(Tags.empty(), "reason", reason).increment();
    }

    public void upstreamConnectFailed() {
        connectFailures.increment();
    }

    public void readingsDisagreed() {
        disagreements.increment();
    }

    public void auditFailed() {
        audit.failed();
    }

    /** The age is that of the oldest event not written yet. */
    public void watchAudit(Supplier<Duration> age, BooleanSupplier writable) {
        audit.watch(age, writable);
    }

    /** @param unwritten how many holds the control database does not know of as they are now */
    public void watchControl(BooleanSupplier up, IntSupplier unwritten, IntSupplier replicas) {
        ControlMetrics.watch(registry, up, unwritten, replicas);
    }

    public void policyLoaded(Instant at) {
        policy.loaded(at);
    }

    /** Its file has problems, and the policy before stays. */
    public void policyRefused() {
        policy.refused();
    }

    public BudgetMetrics budgets() {
        return budgets;
    }

    public TlsMetrics tls() {
        return tls;
    }

    public WebhookMetrics webhooks() {
        return webhooks;
    }

    /** Everything, in Prometheus' text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Counter relayedBytes(String direction) {
        return Counter.builder("sallyport.relayed")
                .baseUnit("bytes")
                .description("Bytes passed on, by direction")
                .tag("direction", direction)
                .register(registry);
    }

    private static Duration[] judgedBuckets() {
        Duration[] buckets = new Duration[JUDGED_BUCKETS_MICROS.length];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = Duration.ofNanos(JUDGED_BUCKETS_MICROS[i] * 1_000);
        }
        return buckets;
    }
}
