package io.sallyport.proxy.safety;

import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at ages, and makes what is to be there before a batch runs. Whatever goes wrong is a failure: the batch stays. */
public final class SafetyNets {
    private static final Logger log = LoggerFactory.getLogger(SafetyNets.class);

    private final SafetySettings settings;
    private final Map<SafetyNet, RecentReading> readings;
    private final RestorePoints points;
    private final NetStore store;
    private final ProxyMetrics metrics;
    private final Clock clock;

    SafetyNets(
            SafetySettings settings,
            Map<SafetyNet, RecentReading> readings,
            RestorePoints points,
            NetStore store,
            ProxyMetrics metrics,
            Clock clock) {
        this.settings = settings;
        this.readings = readings;
        this.points = points;
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** For all that is done for one batch. */
    public Duration timeout() {
        return settings.timeout();
    }

    /** Why the configuration cannot do what the rule asks for; null where it can. Does not block. */
    public @Nullable NetFailure unable(SafetyTerms terms, String rule) {
        for (SafetyNet net : terms.asked()) {
            String missing = Abilities.missing(net, settings);
            if (missing != null) {
                metrics.safetyNet(net.label(), "unable");
                return new NetFailure(
                        NetFailure.Kind.UNABLE,
                        "rule \"" + rule + "\" wants the safety net " + net.label()
                                + ", and Sallyport is not set up for it",
                        "Nobody can approve it until whoever runs Sallyport sets " + missing + ".");
            }
        }
        return null;
    }

    /**
     * Looks at everything that has an age. Blocks.
     *
     * @param agreed how many people have approved, or will be asked to, where the rule wants that many for a net that is not there
     * @return of each net, of those that are made later too
     */
    public NetsFound check(SafetyTerms terms, String rule, int agreed) throws NetFailure {
        NetFailure unable = unable(terms, rule);
        if (unable != null) {
            throw unable;
        }
        List<String> lines = new ArrayList<>();
        int quorum = 0;
        for (SafetyNet net : terms.asked()) {
            if (net.aged()) {
                AgedNet aged = counted(net, () -> aged(net, terms, rule, agreed));
                lines.add(aged.line());
                quorum = Math.max(quorum, aged.quorum());
            } else {
                lines.addAll(new SafetyTerms(Map.of(net, Duration.ZERO)).described());
            }
        }
        return new NetsFound(lines, quorum);
    }

    /**
     * Everything, just before what was agreed to runs. Blocks.
     *
     * @param agreed how many people have approved because a net is not there
     * @param once tells this run from others under the same code; empty where there is one only
     * @return what was made, and is kept
     */
    public List<KeptNet> cast(SafetyTerms terms, String rule, int agreed, HoldCode code, String once)
            throws NetFailure {
        NetsFound unused = check(terms, rule, agreed);
        List<KeptNet> made = new ArrayList<>();
        if (terms.asks(SafetyNet.RESTORE_POINT)) {
            made.add(counted(SafetyNet.RESTORE_POINT, () -> restorePoint(code, once)));
        }
        return made;
    }

    private interface Work<T> {
        T get() throws NetFailure;
    }

    private <T> T counted(SafetyNet net, Work<T> work) throws NetFailure {
        try {
            T done = work.get();
            boolean escalated = done instanceof AgedNet aged && aged.quorum() > 0;
            metrics.safetyNet(net.label(), escalated ? "escalated" : "ok");
            return done;
        } catch (NetFailure failure) {
            metrics.safetyNet(net.label(), failure.kind().name().toLowerCase(Locale.ROOT));
            throw failure;
        }
    }

    /** @param agreed where the rule wants more people than these for what is not there, it refuses */
    private AgedNet aged(SafetyNet net, SafetyTerms terms, String rule, int agreed) throws NetFailure {
        LastGood last = last(net, AgedNet.wanted(rule, terms.shortest(net)));
        AgedNet aged = AgedNet.of(last, net, terms, rule, clock.instant());
        if (aged.quorum() > agreed) {
            throw new NetFailure(
                    NetFailure.Kind.NOT_MET,
                    aged.line(),
                    "Send it again: so many people are asked then, unless there is a newer one.");
        }
        return aged;
    }

    private LastGood last(SafetyNet net, String wanted) throws NetFailure {
        RecentReading reading = readings.get(net);
        if (reading == null) {
            throw new IllegalStateException("nobody tells the age of " + net.label());
        }
        try {
            return reading.get();
        } catch (SourceFailure unknown) {
            Throwable cause = unknown.getCause();
            log.warn("{}: {} ({})", net.label(), unknown.told(), cause == null ? reading.name() : cause.getMessage());
            throw new NetFailure(
                    NetFailure.Kind.FAILED,
                    "how old the last one is cannot be told (" + reading.name() + "): " + unknown.told() + wanted,
                    "The log of the proxy says more.");
        }
    }

    /** Recovery stops at the first of a name: no two runs may have the same. At most 63 bytes (xlogfuncs.c, MAXFNAMELEN). */
    private RestorePoint restorePoint(HoldCode code, String once) throws NetFailure {
        String name = "sallyport_" + code.value().replace("-", "").toLowerCase(Locale.ROOT)
                + (once.isEmpty() ? "" : "_" + once);
        String lsn = points.make(name);
        RestorePoint made = new RestorePoint(name, lsn, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        try {
            store.keep(code, made);
        } catch (StoreUnavailable away) {
            log.warn("restore point {} at {} could not be written down: {}", name, lsn, away.getMessage());
            throw new NetFailure(
                    NetFailure.Kind.FAILED,
                    "its restore point could not be written down",
                    "The control database cannot be used; the log of the proxy says more.");
        }
        return made;
    }
}
